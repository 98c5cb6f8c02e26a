import { StringDecoder } from 'node:string_decoder';
import type { Source } from './source.ts';

/** Longer lines are no lines; without a bound a file without line ends would be held whole. */
export const mostLineChars = 4 * 1024 * 1024;

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a source that are not blank, one at a time; `\n` and `\r\n` end them.
 *
 * @param onBytes is told how many bytes each piece had
 * @throws Error naming source and line when a line is too long
 */
export async function* readLines(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8');
  let number = 0;
  let rest = '';
  for await (const piece of source.stream as AsyncIterable<Buffer>) {
    onBytes(piece.length);
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      number++;
      yield* whole(line, number, source);
    }
    if (rest.length > mostLineChars) throw tooLong(source, number + 1);
  }
  yield* whole(rest + decoder.end(), number + 1, source);
}

function* whole(line: string, number: number, source: Source): Generator<Line> {
  if (line.length > mostLineChars) throw tooLong(source, number);
  const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
  // A byte order mark is none of the text.
  const text = number === 1 ? bare.replace(/^\ufeff/, '') : bare;
  if (text.trim() !== '') yield { number, text };
}

function tooLong({ name }: Source, number: number): Error {
  return new Error(`${name}:${number}: the line is longer than ${mostLineChars} characters`);
}
