import { epochMsOf, type Duty, type Layer, type Override, type OverrideTime } from '@watchfloor/contracts';

/** A moment as overrides see it, and the shift that each layer has on call then (none outside its hours). */
export interface MomentOnCall {
  readonly epochMs: number;
  readonly shiftOfLayer: ReadonlyMap<Layer['id'], number>;
}

/**
 * Who is on call after the overrides, each applied to what those before it left.
 *
 * @param bitten takes the ids of the overrides that changed something
 */
export function applyOverrides(
  duties: readonly Duty[],
  overrides: readonly Override[],
  moment: MomentOnCall,
  bitten?: Set<Override['id']>,
): readonly Duty[] {
  return overrides.reduce((before, override) => {
    const after = applyOne(before, override, moment);
    if (after !== before) {
      bitten?.add(override.id);
    }
    return after;
  }, duties);
}

function applyOne(duties: readonly Duty[], override: Override, moment: MomentOnCall): readonly Duty[] {
  switch (override.kind) {
    case 'add':
      return holds(override.when, moment) ? withOneMore(duties, override) : duties;
    case 'remove':
      return exchange(duties, override, [[override.personId, override.when, null]], moment);
    case 'replace':
      return exchange(duties, override, [[override.personId, override.when, override.byId]], moment);
    case 'swap': {
      const { first, second } = override;
      const both = [
        [first.personId, first.when, second.personId],
        [second.personId, second.when, first.personId],
      ] as const;
      return exchange(duties, override, both, moment);
    }
  }
}

/** Whom to take off, when, and whom to put in their place (nobody: null). */
type Exchange = readonly [personId: string, when: OverrideTime, byId: string | null];

/** All exchanges at once: in a swap of two people who are on call together, nobody is exchanged back. */
function exchange(
  duties: readonly Duty[],
  override: Override,
  exchanges: readonly Exchange[],
  moment: MomentOnCall,
): readonly Duty[] {
  const meant = (duty: Duty): Exchange | undefined =>
    exchanges.find(([personId, when]) => personId === duty.personId && isMeant(when, duty, moment));
  if (!duties.some(meant)) {
    return duties;
  }
  return duties.flatMap((duty) => {
    const found = meant(duty);
    if (found === undefined) {
      return [duty];
    }
    const [, , byId] = found;
    return byId === null ? [] : [{ ...duty, personId: byId, overrideId: override.id }];
  });
}

function withOneMore(
  duties: readonly Duty[],
  { id, personId, when }: Extract<Override, { kind: 'add' }>,
): readonly Duty[] {
  if (duties.some((duty) => duty.personId === personId)) {
    return duties;
  }
  const [layerId, shift] = when.kind === 'shift' ? [when.layerId, when.shift] : [null, null];
  return [...duties, { personId, layerId, shift, overrideId: id }];
}

function isMeant(when: OverrideTime, duty: Duty, moment: MomentOnCall): boolean {
  return when.kind === 'stretch' ? holds(when, moment) : duty.layerId === when.layerId && duty.shift === when.shift;
}

function holds(when: OverrideTime, { epochMs, shiftOfLayer }: MomentOnCall): boolean {
  return when.kind === 'stretch'
    ? epochMsOf(when.from) <= epochMs && epochMs < epochMsOf(when.until)
    : shiftOfLayer.get(when.layerId) === when.shift;
}
