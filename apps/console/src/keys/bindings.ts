/** One thing that a key does. */
export interface Binding {
  /**
   * As tinykeys writes it: `j`, `g w`, `$mod+k`, `Escape`. Digits also match their place on the keyboard, so that they
   * work where digits need Shift; signs such as `?` match with or without Shift.
   */
  readonly keys: string;
  /** For the sheet: a short verb phrase. */
  readonly does: string;
  readonly act: (event: KeyboardEvent) => void;
  /** Default true; a binding that is off stands in the sheet, greyed. */
  readonly isOn?: boolean;
  /** Works while typing too. Default: only with a modifier, or Escape. */
  readonly inText?: boolean;
  /** Whether holding the key repeats it. Default false. */
  readonly repeats?: boolean;
  /** Left out of the sheet (an alias of another binding). */
  readonly isQuiet?: boolean;
}

/** Where bindings hold: a `screen`'s rest while a dialog is open. */
export type Layer = 'screen' | 'dialog';

export interface Scope {
  /** Heading in the sheet. */
  readonly name: string;
  readonly layer: Layer;
  readonly bindings: readonly Binding[];
}

/** Whether a binding is made of bare letters, digits or signs, which a person may have switched off (WCAG 2.1.4). */
export function isLetterBinding(keys: string): boolean {
  return keys.split(' ').every((press) => [...press].length === 1);
}

/** The keys as tinykeys needs them to work on every layout. */
export function patternOf(keys: string): string {
  return keys
    .split(' ')
    .map((press) => {
      if (/^\d$/.test(press)) {
        return `(${press}|Digit${press}|Numpad${press})`;
      }
      return /^[^\w\s]$/.test(press) ? `[Shift]+${press}` : press;
    })
    .join(' ');
}

/** What stands on the key cap: `['g', 'w']`, `['Ctrl+K']`. */
export function capsOf(keys: string, isMac: boolean): readonly string[] {
  return keys.split(' ').map((press) =>
    press
      .split(/(?<=\w)\+/)
      .map((part) => caps[part] ?? (part === '$mod' ? (isMac ? '⌘' : 'Ctrl') : part))
      .map((part, index, all) => (all.length > 1 && index === all.length - 1 ? part.toUpperCase() : part))
      .join('+'),
  );
}

const caps: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: 'Space',
};

/** Whether a key press belongs to a field or control rather than to a binding. */
export function isTakenByControl(target: EventTarget | null, event: Pick<KeyboardEvent, 'key'>): boolean {
  if (!(target instanceof Element)) {
    return false;
  }
  if (isText(target)) {
    return true;
  }
  if (event.key === 'Enter') {
    return target.closest('a[href],button,summary,[role="button"],[role="menuitem"],[role="option"]') !== null;
  }
  if (event.key === ' ') {
    return (
      target.closest('button,summary,input,[role="button"],[role="menuitem"],[role="option"],[role="tab"]') !== null
    );
  }
  return (
    event.key.startsWith('Arrow') && target.closest('[role="listbox"],[role="menu"],[role="tablist"],input') !== null
  );
}

const wordless = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'color', 'file', 'image', 'range']);

/** Whether typing into the element writes text, or picks by letter. */
export function isText(target: Element): boolean {
  const field = target.closest('input,textarea,select,[contenteditable=""],[contenteditable="true"]');
  return field !== null && !(field instanceof HTMLInputElement && wordless.has(field.type));
}
