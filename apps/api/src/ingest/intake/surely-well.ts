import { ingestLimits } from '@watchfloor/contracts';

/** Text that needs no second look: no control character, no surrogate, not empty. */
const plainText = /^[^\u0000-\u001f\u007f\ud800-\udfff]+$/;
const streamName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const servedInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const longestFeature = 10_000;
const mostSegments = 50;

/**
 * Whether a parsed item is a prediction beyond doubt, as the schema of the contracts would give it back: unchanged. A quick look
 * at tens of thousands of items a second, many times as fast as the schema; what it is not sure of, the schema decides. It
 * never says yes where the schema says no.
 */
export function isSurelyPrediction(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const key in value) if (!isSurelyField(key, value[key])) return false;
  const { stream, id, label, value: number } = value;
  return stream !== undefined && id !== undefined && (label !== undefined || number !== undefined);
}

function isSurelyField(key: string, value: unknown): boolean {
  switch (key) {
    case 'stream':
      return typeof value === 'string' && streamName.test(value);
    case 'id':
    case 'label':
    case 'subjectId':
      return isName(value, 200);
    case 'at':
      return typeof value === 'string' && servedInstant.test(value) && isMoment(value);
    case 'confidence':
    case 'value':
      return Number.isFinite(value);
    case 'latencyMs':
      return Number.isFinite(value) && (value as number) >= 0;
    case 'model':
      return isModel(value);
    case 'scores':
      return isRecord(value, ingestLimits.keys, Number.isFinite);
    case 'features':
      return isRecord(value, ingestLimits.keys, isFeature);
    case 'segments':
      return isRecord(value, mostSegments, isSegment);
    case 'interval':
      return Array.isArray(value) && value.length === 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]);
    case 'input':
      return isModestJson(value, 2);
    default:
      return false;
  }
}

function isName(value: unknown, maxLength: number): boolean {
  return typeof value === 'string' && value.length <= maxLength && plainText.test(value);
}

function isMoment(text: string): boolean {
  const epochMs = Date.parse(text);
  // The 30th of February is a moment to the parser, but not the one that was written.
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === text;
}

function isModel(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const key in value) {
    if ((key !== 'name' && key !== 'version') || !isName(value[key], 100)) return false;
  }
  return value.name !== undefined;
}

function isFeature(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= longestFeature;
  return Number.isFinite(value) || typeof value === 'boolean' || value === null;
}

function isSegment(value: unknown): boolean {
  return isName(value, 200);
}

function isRecord(value: unknown, maxKeys: number, isWell: (value: unknown) => boolean): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (keys.length > maxKeys) return false;
  for (const key of keys) if (!isKey(key) || !isWell(value[key])) return false;
  return true;
}

/** Keys come again and again: those known to be well are remembered, up to a bound. */
const wellKeys = new Set<string>();
const rememberedKeys = 10_000;

function isKey(key: string): boolean {
  if (wellKeys.has(key)) return true;
  if (key === '__proto__' || key === 'constructor' || key === 'prototype' || !isName(key, 100)) return false;
  if (wellKeys.size < rememberedKeys) wellKeys.add(key);
  return true;
}

/** Any JSON within the limits; JSON text has numbers, such as `1e999`, that are none when parsed. */
function isModestJson(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.length <= ingestLimits.textLength;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > ingestLimits.depth) return false;
  if (Array.isArray(value)) return value.every((part) => isModestJson(part, depth + 1));
  const keys = Object.keys(value);
  if (keys.length > ingestLimits.keys) return false;
  return keys.every((key) => key !== '__proto__' && isModestJson((value as Record<string, unknown>)[key], depth + 1));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
