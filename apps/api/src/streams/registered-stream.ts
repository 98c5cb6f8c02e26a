import type { Instant, Policy, Prediction } from '@watchfloor/contracts';

/** A stream as the server holds it in memory, under the policy in force. */
export interface RegisteredStream {
  readonly id: number;
  readonly name: string;
  readonly task: 'label' | 'value';
  /** As its first prediction named it. */
  readonly model: NonNullable<Prediction['model']> | null;
  readonly registeredAt: Instant;
  readonly policy: Policy;
}
