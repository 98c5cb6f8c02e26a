/** An adjudicated audit, as its entry of the record tells it. */
export interface Adjudicated {
  /** The number of the entry. */
  readonly number: number;
  readonly at: string;
  readonly stream: string;
  readonly predictionId: string;
  readonly position: number;
  readonly probability: number;
  /** The model's own; null where it gave none. */
  readonly confidence: number | null;
  readonly isError: boolean;
  readonly by: 'first' | 'second' | 'outcome' | 'nobody';
}
