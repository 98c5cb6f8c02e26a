/** A body that somebody could send, and what is to become of it. */
export interface OddBody {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The status; 200 means that the good items around the odd one are accepted. */
  readonly status: number;
  /** Ids of good items in it that must be stored. Default: none. */
  readonly good?: readonly string[];
  /** For 200 and 422: where in the odd item the trouble is said to be. */
  readonly pointer?: string;
}

export const json = { 'content-type': 'application/json' };
export const lines = { 'content-type': 'application/x-ndjson' };
export const structured = { 'content-type': 'application/cloudevents+json' };

let made = 0;
/** An id that nothing else has, for an item that must not be stored. */
export const oddId = (): string => `odd-${(made += 1)}`;
const nextId = (): string => `good-${(made += 1)}`;
/** A sound prediction with an id of its own. */
export const good = (given: object = {}) => ({
  stream: 'malformed',
  id: nextId(),
  label: 'fine',
  confidence: 0.9,
  ...given,
});

/** The JSON text of an odd item between two good ones, as a list and as lines. */
export function between(name: string, item: string, pointer = ''): OddBody[] {
  return [
    inBetween(name, pointer, json, ([before, after]) => `[${before},${item},${after}]`),
    inBetween(`${name}, as a line`, pointer, lines, ([before, after]) => `${before}\n${item}\n${after}`),
  ];
}

/** A line that is not even JSON costs itself alone; in a list it costs the list. */
export function brokenText(name: string, text: string): OddBody[] {
  return [
    { name: `${name}, alone`, headers: json, body: Buffer.from(text), status: 400 },
    {
      name: `${name}, in a list`,
      headers: json,
      body: Buffer.from(`[${JSON.stringify(good())},${text}]`),
      status: 400,
    },
    inBetween(`${name}, as a line`, '', lines, ([before, after]) => `${before}\n${text}\n${after}`),
  ];
}

/** Something odd between two good items. */
export function inBetween(
  name: string,
  pointer: string,
  headers: Readonly<Record<string, string>>,
  join: (around: readonly [string, string]) => string | Buffer,
): OddBody {
  const around = [good(), good()] as const;
  const body = Buffer.from(join([JSON.stringify(around[0]), JSON.stringify(around[1])]));
  return { name, headers, body, status: 200, good: around.map((item) => item.id), pointer };
}

/** A body that is odd as a whole. */
export const named = (
  name: string,
  headers: Record<string, string>,
  body: Buffer | string,
  status: number,
): OddBody => ({
  name,
  headers,
  body: Buffer.from(body),
  status,
});
