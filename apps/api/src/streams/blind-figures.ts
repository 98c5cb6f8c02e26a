import { epochMsOf, type Instant, type Minute, type Tick } from '@watchfloor/contracts';

/** Where a prediction lies whose model's answer is hidden. */
export interface HiddenPlace {
  readonly position: number;
  readonly receivedAt: Instant;
}

/** So many predictions a tick looks at, none older than this; with room for clocks that differ. */
const tickItems = 256;
const tickMs = 65_000;
const minuteMs = 60_000;

/**
 * Figures without what the model said, where they are made of a prediction that somebody is to answer blind: of a quiet stream, a
 * quantile or a share is the one answer itself, and of a busy one it is what is left when the others are taken away.
 */
export function blindTick(tick: Tick, hidden: readonly HiddenPlace[]): Tick {
  const isShown = hidden.some(
    ({ position, receivedAt }) =>
      position <= tick.position &&
      position > tick.position - tickItems &&
      epochMsOf(receivedAt) > epochMsOf(tick.at) - tickMs,
  );
  return isShown ? { ...tick, confidence: null, value: null, labels: {} } : tick;
}

/** The same for kept minutes. */
export function blindMinute(minute: Minute, hidden: readonly HiddenPlace[]): Minute {
  const from = epochMsOf(minute.at);
  const isShown = hidden.some(({ receivedAt }) => {
    const at = epochMsOf(receivedAt);
    return at >= from && at < from + minuteMs;
  });
  return isShown ? { ...minute, confidence: null, value: null, labels: {} } : minute;
}
