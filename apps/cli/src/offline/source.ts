import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** What a command reads: a file, or standard input for `-`. */
export interface Source {
  /** As errors and progress name it. */
  readonly name: string;
  readonly stream: Readable;
  /** Null where it is not known beforehand. */
  readonly bytes: number | null;
}

/** @throws Error when there is no such file */
export async function openSource(file: string): Promise<Source> {
  if (file === '-') {
    return { name: 'stdin', stream: process.stdin, bytes: null };
  }
  const { size } = await stat(file);
  return { name: file, stream: createReadStream(file), bytes: size };
}
