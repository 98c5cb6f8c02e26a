import { describe, expect, it } from '@jest/globals';
import {
  autonomyModes,
  isRefusal,
  plusSeconds,
  predictionSignalKinds,
  windowSignalKinds,
  type WindowSignal,
} from '@watchfloor/contracts';
import fc from 'fast-check';
import {
  aFound,
  aSignal,
  anAttempt,
  anId,
  aWindow,
  aWindowFlag,
  claimedBy,
  mika,
  noon,
} from '../../../test/builders/a-flag.ts';
import { isSampled, type FoundPrediction } from './findings.ts';
import type { FlagLife } from './flag-life.ts';
import { join } from './join.ts';
import { needsWindowFlags, plan, type Floor } from './plan.ts';
import { raiseOnPrediction, raiseOnWindow } from './raise.ts';
import { settle } from './settle.ts';

const floor: Floor = {
  now: noon,
  autonomy: 'supervised',
  policyVersion: 7,
  maxOpenFlags: 2_000,
  openFlags: 0,
  windowFlags: [],
};
const repeated = (count: number): FoundPrediction[] =>
  Array.from({ length: count }, (_, index) => aFound({ position: index + 1, isRepeated: true }));

describe('what becomes of findings', () => {
  it('is a flag each, as a rule', () => {
    const predictions = [aFound({ position: 1 }), aFound({ position: 2 })];
    expect(plan({ predictions, windows: [] }, floor)).toEqual({ raised: predictions, gathered: [], passed: [] });
  });

  it('is one flag for a fault that hits a thousand predictions', () => {
    const { raised, gathered } = plan({ predictions: repeated(1_000), windows: [] }, floor);
    expect(raised).toHaveLength(0);
    expect(gathered).toHaveLength(1);
    expect(gathered[0]?.flag).toBeNull();
    expect(gathered[0]?.predictions).toHaveLength(1_000);
    expect(gathered[0]?.windows).toMatchObject([
      {
        signal: { kind: 'repeated', score: 1_000, policyVersion: 7, evidence: { kinds: { 'low-confidence': 1_000 } } },
        stretch: { fromPosition: 1, toPosition: 1_000 },
      },
    ]);
  });

  it('is one flag for what several detectors say of one cause, and another for another cause', () => {
    const windows = [aWindow('confidence-shift'), aWindow('label-shift'), aWindow('silence')];
    const { gathered } = plan({ predictions: repeated(3), windows }, floor);
    expect(gathered.map((each) => [each.windows.map(({ signal }) => signal.kind), each.predictions.length])).toEqual([
      [['confidence-shift', 'label-shift'], 3],
      [['silence'], 0],
    ]);
  });

  it('joins the flag of its cause that waits already', () => {
    const waiting = aWindowFlag('label-shift');
    const { gathered } = plan(
      { predictions: repeated(2), windows: [aWindow('confidence-shift')] },
      { ...floor, windowFlags: [waiting] },
    );
    expect(gathered).toMatchObject([{ flag: { id: waiting.id }, windows: [{ signal: { kind: 'confidence-shift' } }] }]);
  });

  it('joins the newest where an undone verdict has brought a second one back', () => {
    const older = aWindowFlag('label-shift', { id: anId(1), raisedAt: plusSeconds(noon, -60) });
    const newer = aWindowFlag('label-shift', { id: anId(2) });
    const { gathered } = plan({ predictions: repeated(1), windows: [] }, { ...floor, windowFlags: [newer, older] });
    expect(gathered).toMatchObject([{ flag: { id: newer.id } }]);
  });

  it('is the backlog for all beyond what people can answer', () => {
    const predictions = Array.from({ length: 5 }, (_, index) => aFound({ position: index + 1 }));
    const { raised, gathered } = plan({ predictions, windows: [] }, { ...floor, maxOpenFlags: 10, openFlags: 8 });
    expect(raised.map(({ observed }) => observed.position)).toEqual([1, 2]);
    expect(gathered).toMatchObject([
      { flag: null, windows: [{ signal: { kind: 'backlog', score: 10, threshold: 10 } }] },
    ]);
    expect(gathered[0]?.predictions).toHaveLength(3);
  });

  it('leaves the sample its own flags through a backlog, as many again as people can answer', () => {
    const predictions = Array.from({ length: 30 }, (_, index) =>
      aFound({ position: index + 1, kinds: index % 2 === 0 ? ['audit-sample'] : ['low-confidence'] }),
    );
    const { raised, gathered } = plan({ predictions, windows: [] }, { ...floor, maxOpenFlags: 10, openFlags: 10 });
    expect(raised.map(({ observed }) => observed.position)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    expect(gathered[0]?.predictions).toHaveLength(20);
  });

  it('is nothing to see for the doubts of an autonomous model, but its sample and its faults show', () => {
    const doubt = aFound({ position: 1 });
    const sample = aFound({ position: 2, kinds: ['low-confidence', 'audit-sample'] });
    const fault = aFound({ position: 3, isRepeated: true });
    const windows = [aWindow('silence')];
    const planned = plan({ predictions: [doubt, sample, fault], windows }, { ...floor, autonomy: 'autonomous' });
    expect(planned.passed).toEqual([doubt]);
    expect(planned.raised).toEqual([sample]);
    expect(planned.gathered.map((each) => each.windows[0]?.signal.kind)).toEqual(['silence', 'repeated']);
  });

  it('leaves the sample whole while a fault gathers the rest', () => {
    const sample = aFound({ position: 9, kinds: ['audit-sample'], isRepeated: true });
    expect(plan({ predictions: [...repeated(2), sample], windows: [] }, floor).raised).toEqual([sample]);
  });

  it('leaves a flag of its own to what a rule wants seen, except on an autonomous stream', () => {
    const ruled = aFound({ position: 9, kinds: ['rule', 'low-confidence'], isRepeated: true });
    const findings = { predictions: [...repeated(2), ruled], windows: [] };
    expect(plan(findings, floor).raised).toEqual([ruled]);
    expect(plan(findings, { ...floor, autonomy: 'autonomous' })).toMatchObject({
      raised: [],
      gathered: [{ flag: null }],
    });
  });

  it('stays with the answered flag while the same fault goes on, and is a new one for a new kind', () => {
    const held = claimedBy(
      mika,
      raiseOnWindow(anId(1), { windows: [aWindow('repeated')], predictions: repeated(1) }, noon),
    );
    const attempt = anAttempt(mika, { version: 2, claimDigest: mika.name });
    const rules = { labels: [], reasonRequired: false, undoSeconds: 10 };
    const answered = settle(held, attempt, { verdict: 'overridden' }, rules, anId(2)) as FlagLife;
    const soon = { ...floor, now: plusSeconds(noon, 60), windowFlags: [answered] };
    expect(plan({ predictions: repeated(2), windows: [] }, soon).gathered).toMatchObject([
      { flag: { id: answered.id } },
    ]);

    const malformed = aFound({ position: 3, kinds: ['malformed'], isRepeated: true });
    const predictions = [
      aFound({ position: 1, isRepeated: true }),
      malformed,
      aFound({ position: 4, isRepeated: true }),
    ];
    const { gathered } = plan({ predictions, windows: [] }, soon);
    expect(
      gathered.map(({ flag, predictions: its }) => [flag?.id ?? null, its.map(({ observed }) => observed.position)]),
    ).toEqual([
      [null, [3, 4]],
      [answered.id, [1]],
    ]);
    const later = { ...soon, now: plusSeconds(noon, 301) };
    expect(plan({ predictions: repeated(2), windows: [] }, later).gathered).toMatchObject([{ flag: null }]);
  });

  const found = fc
    .record({
      kinds: fc.uniqueArray(fc.constantFrom(...predictionSignalKinds), { minLength: 1 }),
      isRepeated: fc.boolean(),
    })
    .map(({ kinds, isRepeated }) => ({ kinds, isRepeated }));
  const windowFlag = fc
    .record({
      kind: fc.constantFrom(...windowSignalKinds),
      state: fc.constantFrom('open', 'claimed', 'answered', 'long-answered', 'lapsed'),
    })
    .map(({ kind, state }): FlagLife => {
      const flag = aWindowFlag(kind);
      switch (state) {
        case 'claimed':
          return claimedBy(mika, flag);
        case 'answered':
        case 'long-answered': {
          const at = plusSeconds(noon, state === 'answered' ? -10 : -1_000);
          const verdict = { id: anId(9), verdict: 'confirmed', by: mika, at } as const;
          return {
            ...flag,
            stage: { state: 'settled', answered: { verdict, onVersion: 1, claimDigest: null, undoUntil: null } },
          };
        }
        case 'lapsed':
          return { ...flag, stage: { state: 'lapsed', at: noon, action: 'held' } };
        case 'open':
          return flag;
      }
    });
  const anyFloor = fc
    .record({
      autonomy: fc.constantFrom(...autonomyModes),
      maxOpenFlags: fc.integer({ min: 1, max: 6 }),
      openFlags: fc.nat(8),
      windowFlags: fc.array(windowFlag, { maxLength: 5 }),
    })
    .map((changes): Floor => ({
      ...floor,
      ...changes,
      windowFlags: changes.windowFlags.map((flag, index) => ({ ...flag, id: anId(index) })),
    }));

  it('never loses a finding and takes none twice, and every gathering can be carried out', () => {
    const windows = fc.array(
      fc.constantFrom(...windowSignalKinds.filter((kind) => kind !== 'repeated' && kind !== 'backlog')),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(found, { maxLength: 20 }), windows, anyFloor, (kindsOfEach, windowKinds, someFloor) => {
        const predictions = kindsOfEach.map((each, index) => aFound({ ...each, position: index + 1 }));
        const signals = windowKinds.map((kind) => aWindow(kind));
        const { raised, gathered, passed } = plan({ predictions, windows: signals }, someFloor);

        const everywhere = [...raised, ...passed, ...gathered.flatMap((each) => each.predictions)];
        expect([...everywhere].sort((a, b) => a.observed.position - b.observed.position)).toEqual(predictions);
        const made = (window: WindowSignal): boolean => ['repeated', 'backlog'].includes(window.signal.kind);
        const told = gathered.flatMap((each) => each.windows).filter((window) => !made(window));
        expect(new Set(told)).toEqual(new Set(signals));
        expect(told).toHaveLength(signals.length);

        expect(someFloor.autonomy === 'autonomous' || passed.length === 0).toBe(true);
        const plain = raised.filter((each) => !isSampled(each));
        expect(plain.length === 0 || someFloor.openFlags + plain.length <= someFloor.maxOpenFlags).toBe(true);
        expect(raised.length === 0 || someFloor.openFlags + raised.length <= 2 * someFloor.maxOpenFlags).toBe(true);
        if (gathered.length > 0) {
          expect(needsWindowFlags({ predictions, windows: signals }, someFloor)).toBe(true);
        }
        for (const { flag, ...findings } of gathered) {
          const outcome = flag === null ? raiseOnWindow(anId(99), findings, noon) : join(flag, findings, noon);
          expect(isRefusal(outcome)).toBe(false);
        }
        raised.forEach((each, index) => expect(raiseOnPrediction(anId(index), each, noon).version).toBe(1));
      }),
    );
  });

  it('takes a signal about one prediction for a window’s only by a mistake', () => {
    const wrong = { ...aWindow('silence'), signal: aSignal('malformed') };
    expect(() => plan({ predictions: [], windows: [wrong] }, floor)).toThrow(RangeError);
  });
});
