import type { Prediction } from '@watchfloor/contracts';

/** Predictions that give every detector something to do: many numbers, segments, two models on the same subjects. */
export function widePredictions(count: number): readonly Prediction[] {
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
  return Array.from({ length: count }, (_, index) => {
    const confidence = 0.5 + draw() / 2;
    const label = draw() < 0.7 ? 'fine' : 'toxic';
    return {
      stream: 'wide',
      id: `0190a1b2-c3d4-7e5f-8a9b-${index.toString(16).padStart(12, '0')}`,
      model: { name: 'wide', version: index % 2 === 0 ? '1' : '2' },
      label,
      confidence,
      scores: {
        fine: label === 'fine' ? confidence : 1 - confidence,
        toxic: label === 'fine' ? 1 - confidence : confidence,
      },
      features: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`number ${at}`, draw() * (at + 1)])),
      segments: {
        country: ['SE', 'DE', 'FR', 'US', 'BR', 'JP'][Math.floor(draw() * 6)] ?? 'SE',
        device: draw() < 0.5 ? 'phone' : 'desk',
        channel: draw() < 0.9 ? 'web' : 'shop',
        plan: ['free', 'paid', 'team'][Math.floor(draw() * 3)] ?? 'free',
      },
      subjectId: `subject-${Math.floor(index / 2)}`,
      latencyMs: 5 + draw() * 20,
    };
  });
}
