import { useEffect, useRef, useSyncExternalStore } from 'react';
import { createKeybindingsHandler } from 'tinykeys';
import { usePreferences } from '../theme/preferences.ts';
import { isLetterBinding, isTakenByControl, isText, patternOf } from './bindings.ts';
import type { Binding, Layer, Scope } from './bindings.ts';

interface Entry {
  scope: Scope;
}

/** All scopes that hold just now, in the order in which they came on screen; later ones win a key. */
const entries: Entry[] = [];
const listeners = new Set<() => void>();
let shown: readonly Scope[] = [];
let handler: EventListener = () => undefined;
let isListening = false;

/**
 * Gives keys to a screen or part while it is on screen.
 *
 * @param scope heading under which the `?` sheet lists them
 * @param layer `dialog` for bindings of an open dialog; while one is open, those of screens rest
 */
export function useKeys(scope: string, bindings: readonly Binding[], layer: Layer = 'screen'): void {
  const entry = useRef<Entry | null>(null);
  const letterKeys = usePreferences((preferences) => preferences.letterKeys);
  // What the sheet shows and tinykeys parses; `act` may change with every drawing without any of it being built anew.
  const shape = bindings
    .map(({ keys, does, isOn = true, isQuiet = false }) => `${keys}|${does}|${isOn}|${isQuiet}`)
    .join('\n');
  useEffect(() => {
    const mine: Entry = { scope: { name: scope, layer, bindings: [] } };
    entry.current = mine;
    entries.push(mine);
    return () => {
      entries.splice(entries.indexOf(mine), 1);
      entry.current = null;
      rebuild();
    };
  }, [scope, layer]);
  useEffect(() => {
    if (entry.current !== null) {
      entry.current.scope = { name: scope, layer, bindings };
    }
  });
  useEffect(() => rebuild(), [scope, layer, shape, letterKeys]);
}

/** The scopes that hold now, for the sheet. */
export function useScopes(): readonly Scope[] {
  return useSyncExternalStore(subscribe, () => shown);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function rebuild(): void {
  const { letterKeys } = usePreferences.getState();
  const map: Record<string, (event: KeyboardEvent) => void> = {};
  const presses = entries.flatMap(({ scope }) => scope.bindings.map(({ keys }) => keys));
  // Sequences first: the first match wins, and the `h` of `g h` must not also put a flag off.
  for (const keys of presses.toSorted((a, b) => b.split(' ').length - a.split(' ').length)) {
    if (letterKeys || !isLetterBinding(keys)) {
      map[patternOf(keys)] = (event) => press(keys, event);
    }
  }
  handler = createKeybindingsHandler(map, { ignore: (event) => event.isComposing || event.key === 'Process' });
  if (!isListening) {
    isListening = true;
    // Captured, because controls stop the keys that they understand, and a screen's keys have to hold everywhere on it.
    addEventListener('keydown', (event) => handler(event), { capture: true });
  }
  shown = entries.map(({ scope }) => scope);
  listeners.forEach((listener) => listener());
}

/** Runs the newest binding for the keys that holds at this place. */
function press(keys: string, event: KeyboardEvent): void {
  const layer: Layer = document.querySelector('dialog[open]') === null ? 'screen' : 'dialog';
  const binding = entries
    .filter(({ scope }) => scope.layer === layer)
    .flatMap(({ scope }) => scope.bindings)
    .findLast((candidate) => candidate.keys === keys && candidate.isOn !== false);
  if (binding === undefined || (event.repeat && binding.repeats !== true) || !mayAct(binding, event)) {
    return;
  }
  event.preventDefault();
  binding.act(event);
}

function mayAct(binding: Binding, event: KeyboardEvent): boolean {
  const target = event.target;
  if (target instanceof Element && isText(target)) {
    return binding.inText ?? (event.key === 'Escape' || event.ctrlKey || event.metaKey);
  }
  return !isTakenByControl(target, event);
}
