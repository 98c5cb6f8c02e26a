/**
 * The same JSON with every lone surrogate replaced by U+FFFD. A detector's reason may quote a hostile feature, and RFC 8785
 * has no form for half a character: without this, one such prediction would stop its lane.
 */
export function wellFormed<Value>(value: Value): Value {
  return mend(value) as Value;
}

function mend(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(mend);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), mend(item)]));
}
