import {
  instantOf,
  type Layer,
  type Override,
  type Rotation,
  type Schedule,
  type WeeklyHours,
} from '@watchfloor/contracts';
import fc from 'fast-check';
import { anId } from './a-flag.ts';

export const alice = anId(11);
export const bob = anId(12);
export const carol = anId(13);
export const dave = anId(14);
export const people = [alice, bob, carol, dave];

/** Weekly turns of Alice and Bob from Monday, 5 January 2026, 09:00. */
export function aRotation(changes: Partial<Rotation> = {}): Rotation {
  return {
    unit: 'week',
    length: 1,
    startsOn: '2026-01-05',
    handOffAt: '09:00',
    participants: [alice, bob],
    ...changes,
  };
}

export function aLayer(changes: Partial<Layer> = {}, rotation: Partial<Rotation> = {}): Layer {
  return {
    id: anId(21),
    name: 'primary',
    rotation: aRotation(rotation),
    hours: [],
    joins: false,
    from: null,
    until: null,
    ...changes,
  };
}

export function aSchedule(changes: Partial<Schedule> = {}): Schedule {
  return {
    id: anId(31),
    version: 1,
    name: 'toxicity',
    timeZone: 'Europe/Stockholm',
    layers: [aLayer()],
    overrides: [],
    quietHours: [],
    ...changes,
  };
}

/** Monday to Friday. */
export const businessHours: WeeklyHours = { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' };

/** Zones that have surprised somebody: half hours, quarter hours, two hours, two changes within five weeks, none at all. */
export const oddZones = [
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'Pacific/Chatham',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Asia/Gaza',
  'Asia/Beirut',
  'America/Santiago',
  'America/Nuuk',
  'America/Havana',
  'Atlantic/Azores',
  'Pacific/Easter',
  'Europe/Dublin',
  'UTC',
];

const aTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
/** 2026-01-01 to 2027-12-31, on the minute. */
const anInstant = fc
  .integer({ min: 0, max: 730 * 1_440 })
  .map((minutes) => instantOf(1_767_225_600_000 + minutes * 60_000));
const aPerson = fc.constantFrom(...people);

const someHours: fc.Arbitrary<WeeklyHours> = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  from: aTime,
  until: aTime,
});

export const someRotation: fc.Arbitrary<Rotation> = fc
  .record({
    unitAndLength: fc.constantFrom(
      ...([
        ['hour', 6],
        ['hour', 12],
        ['hour', 7],
        ['day', 1],
        ['day', 3],
        ['week', 1],
        ['week', 2],
      ] as const),
    ),
    startsOn: fc.constantFrom('2025-12-29', '2026-03-01', '2026-10-25'),
    handOffAt: fc.oneof(aTime, fc.constantFrom('01:30', '02:00', '02:15', '02:30', '00:00')),
    participants: fc.array(aPerson, { minLength: 1, maxLength: 4 }),
  })
  .map(({ unitAndLength: [unit, length], ...rest }) => ({ unit, length, ...rest }));

const layerIds = [anId(21), anId(22), anId(23)];

const someTime = fc.oneof(
  fc.tuple(anInstant, fc.integer({ min: 1, max: 20_000 })).map(([from, minutes]) => ({
    kind: 'stretch' as const,
    from,
    until: instantOf(Date.parse(from) + minutes * 60_000),
  })),
  fc.record({
    kind: fc.constant('shift' as const),
    layerId: fc.constantFrom(...layerIds),
    shift: fc.integer({ min: 0, max: 80 }),
  }),
);

const someOverride: fc.Arbitrary<Override> = fc.oneof(
  fc.record({ id: fc.uuid(), kind: fc.constant('add' as const), personId: aPerson, when: someTime }),
  fc.record({ id: fc.uuid(), kind: fc.constant('remove' as const), personId: aPerson, when: someTime }),
  fc.record({ id: fc.uuid(), kind: fc.constant('replace' as const), personId: aPerson, byId: aPerson, when: someTime }),
  fc.record({
    id: fc.uuid(),
    kind: fc.constant('swap' as const),
    first: fc.record({ personId: aPerson, when: someTime }),
    second: fc.record({ personId: aPerson, when: someTime }),
  }),
);

export const someSchedule: fc.Arbitrary<Schedule> = fc
  .record({
    timeZone: fc.constantFrom('Europe/Stockholm', 'America/New_York', ...oddZones),
    rotations: fc.array(someRotation, { minLength: 1, maxLength: 3 }),
    hours: fc.array(fc.array(someHours, { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
    joins: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    from: fc.option(anInstant),
    overrides: fc.array(someOverride, { maxLength: 6 }),
  })
  .map(({ timeZone, rotations, hours, joins, from, overrides }) =>
    aSchedule({
      timeZone,
      overrides,
      layers: rotations.map((rotation, index) =>
        aLayer(
          { id: layerIds[index]!, hours: hours[index]!, joins: joins[index]!, from: index === 1 ? from : null },
          rotation,
        ),
      ),
    }),
  );
