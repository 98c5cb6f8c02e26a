import * as z from 'zod';
import { instantSchema } from './instant.ts';
import { nameText, proseText } from './text.ts';

/** A zone of the IANA database by its name, `Europe/Stockholm`; a bare offset (`+02:00`) is no zone. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/, 'is not the name of a time zone')
  .refine(isTimeZone, 'is not a known time zone');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A time of day on the clock of some zone, `09:00`. */
export const localTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day as 09:00');
/** A day of the calendar, `2026-11-22`. */
export const localDateSchema = z.iso.date();

/**
 * Hours that come again every week, on the clock of a zone that is named beside them. ISO weekdays, 1 for Monday. `until` at
 * or before `from` lies on the next day; the same time is a whole day.
 */
export const weeklyHoursSchema = z.strictObject({
  days: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, 'names a day twice'),
  from: localTimeSchema,
  until: localTimeSchema,
});
export type WeeklyHours = z.infer<typeof weeklyHoursSchema>;

export const rotationUnits = ['hour', 'day', 'week'] as const;
export type RotationUnit = (typeof rotationUnits)[number];

/**
 * Whose turn it is, in order and for ever. A turn lasts `length` units on the clock of the schedule's zone; the first one begins on
 * `startsOn` at `handOffAt`. Before that nobody has a turn.
 */
export const rotationSchema = z.strictObject({
  unit: z.enum(rotationUnits),
  length: z.int().min(1).max(1_000),
  startsOn: localDateSchema,
  handOffAt: localTimeSchema,
  /** People by their ids. One may stand in the list more than once. */
  participants: z.array(z.uuid()).min(1).max(50),
});
export type Rotation = z.infer<typeof rotationSchema>;

export const layerSchema = z.strictObject({
  id: z.uuid(),
  name: nameText(100),
  rotation: rotationSchema,
  /** The layer is on call in these hours only; empty means always. */
  hours: z.array(weeklyHoursSchema).max(30),
  /** On call beside the layers below; otherwise instead of them. */
  joins: z.boolean(),
  from: instantSchema.nullable(),
  until: instantSchema.nullable(),
});
export type Layer = z.infer<typeof layerSchema>;

/**
 * When an override holds: over a stretch of time, or over a shift. Shifts of a layer are numbered from 0, the first turn of its
 * rotation; what is bound to a shift moves with it when the rotation is edited.
 */
export const overrideTimeSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('stretch'), from: instantSchema, until: instantSchema })
    .refine(({ from, until }) => from < until, { message: 'ends before it begins', path: ['until'] }),
  z.strictObject({ kind: z.literal('shift'), layerId: z.uuid(), shift: z.int().min(0).max(10_000_000) }),
]);
export type OverrideTime = z.infer<typeof overrideTimeSchema>;

const overrideBase = { id: z.uuid(), reason: proseText(500).optional() };
const seatSchema = z.strictObject({ personId: z.uuid(), when: overrideTimeSchema });

/** A change to who is on call, for a while. Overrides are applied in the order of the list, each to what the others left. */
export const overrideSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...overrideBase, kind: z.literal('add'), personId: z.uuid(), when: overrideTimeSchema }),
  z.strictObject({ ...overrideBase, kind: z.literal('remove'), personId: z.uuid(), when: overrideTimeSchema }),
  z.strictObject({
    ...overrideBase,
    kind: z.literal('replace'),
    personId: z.uuid(),
    byId: z.uuid(),
    when: overrideTimeSchema,
  }),
  /** Each of two people takes the other's time. */
  z.strictObject({ ...overrideBase, kind: z.literal('swap'), first: seatSchema, second: seatSchema }),
]);
export type Override = z.infer<typeof overrideSchema>;

/** Who answers, when. A later layer goes before an earlier one. */
export const scheduleSettingsSchema = z.strictObject({
  name: nameText(100),
  timeZone: timeZoneSchema,
  layers: z.array(layerSchema).max(10),
  overrides: z.array(overrideSchema).max(500),
  /** P3 and P4 wait until these hours are over for whoever is paged by this schedule. */
  quietHours: z.array(weeklyHoursSchema).max(30),
});
export type ScheduleSettings = z.infer<typeof scheduleSettingsSchema>;

/** A schedule as stored, under optimistic locking. */
export const scheduleSchema = scheduleSettingsSchema.extend({ id: z.uuid(), version: z.int().min(1) });
export type Schedule = z.infer<typeof scheduleSchema>;

/** One person on call, and why: the shift of a layer, an override, or both. */
export const dutySchema = z.strictObject({
  personId: z.uuid(),
  layerId: z.uuid().nullable(),
  shift: z.int().nullable(),
  overrideId: z.uuid().nullable(),
});
export type Duty = z.infer<typeof dutySchema>;

/** A stretch of time over which the same people are on call; nobody, when `onCall` is empty. */
export const onCallStretchSchema = z.strictObject({
  from: instantSchema,
  until: instantSchema,
  onCall: z.array(dutySchema),
});
export type OnCallStretch = z.infer<typeof onCallStretchSchema>;
