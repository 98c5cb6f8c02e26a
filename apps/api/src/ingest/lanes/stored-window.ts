import type { Prediction, Signal, SignalKind } from '@watchfloor/contracts';
import { epochMsOf } from '@watchfloor/contracts';

/** Predictions of one stream, to be read in one go; both ends are included. */
export interface StoredWindow {
  readonly streamId: number;
  readonly fromPosition: number;
  readonly toPosition: number;
  /** When these two were received: it spares the database the other days. */
  readonly from: string;
  readonly to: string;
  /** Whether the truth that came in later is wanted, too. */
  readonly withOutcomes: boolean;
}

/** A stored prediction with what was said of it. */
export interface WindowRow {
  readonly position: number;
  readonly receivedAtMs: number;
  readonly kinds: readonly SignalKind[];
  readonly prediction: Prediction;
  /** What turned out to be true; null while nobody has said. */
  readonly truth: string | number | null;
}

/** The statement that writes a window out, a line for each prediction, in order. The connection's time zone must be UTC. */
export function windowCopySql({ streamId, fromPosition, toPosition, from, to, withOutcomes }: StoredWindow): string {
  const columns = ['prediction.position', 'prediction.received_at', 'signals', 'body'];
  if (withOutcomes) columns.push('outcome.label', 'outcome.value');
  const join = withOutcomes
    ? 'left join outcome on outcome.stream_id = prediction.stream_id and outcome.id = prediction.id'
    : '';
  // COPY takes no parameters: these are numbers, and instants written by ourselves.
  const [stream, first, last] = [streamId, fromPosition, toPosition].map((number) => Math.trunc(number));
  const instants = [from, to].map((instant) => new Date(epochMsOf(instant)).toISOString());
  return `copy (
    select ${columns.join(', ')} from prediction ${join}
    where prediction.stream_id = ${stream} and position between ${first} and ${last}
      and prediction.received_at between '${instants[0]}' and '${instants[1]}'
    order by position
  ) to stdout`;
}

const nothing: readonly never[] = Object.freeze([]);
const absent = '\\N';

/** Reads the lines of {@link windowCopySql}. */
export class WindowLines {
  private instantText = '';
  private instantMs = 0;

  /** @param line without its newline */
  read(line: string): WindowRow {
    const [position = '', receivedAt = '', signals = '', body = '', label = absent, value = absent] = line.split('\t');
    return {
      position: Number(position),
      receivedAtMs: this.msOf(receivedAt),
      kinds: signals === absent ? nothing : (JSON.parse(unescaped(signals)) as Signal[]).map(({ kind }) => kind),
      prediction: JSON.parse(unescaped(body)) as Prediction,
      truth: label !== absent ? unescaped(label) : value !== absent ? Number(value) : null,
    };
  }

  /** Thousands of predictions share an instant. */
  private msOf(text: string): number {
    if (text !== this.instantText) {
      this.instantText = text;
      this.instantMs = Date.parse(`${text.slice(0, 10)}T${text.slice(11)}:00`);
    }
    return this.instantMs;
  }
}

const escape = /\\(.)/g;
const meaning: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** What COPY in text format has escaped. */
function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(escape, (_, letter: string) => meaning[letter] ?? letter) : text;
}
