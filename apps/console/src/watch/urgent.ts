import type { Priority } from '@watchfloor/contracts';

/** Names of the streams that have unanswered flags, most urgent first, otherwise in the order given. */
export function urgentFirst(names: readonly string[], worst: (name: string) => Priority | null): readonly string[] {
  return names
    .map((name) => ({ name, worst: worst(name) }))
    .filter((stream): stream is { name: string; worst: Priority } => stream.worst !== null)
    .sort((a, b) => (a.worst < b.worst ? -1 : a.worst > b.worst ? 1 : 0))
    .map(({ name }) => name);
}
