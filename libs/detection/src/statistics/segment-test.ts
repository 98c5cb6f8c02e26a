import { grown, notYet } from '../saving/grown.ts';
import { inOneBuffer } from '../saving/one-buffer.ts';
import { jsonBytes } from './label-counts.ts';
import {
  addPair,
  evidenceOf,
  forgetPairs,
  makeRoomForPairs,
  noPairedRates,
  ratesOf,
  type PairedRates,
} from './paired-rates.ts';

/**
 * Compares, for each value of a few segments, how often something comes there and elsewhere: every item of the value is
 * paired with one item of another value of the same segment, in the order in which they came. Which items are paired
 * depends on the segments alone, never on what came.
 *
 * Bounded: 4 segments, 8 values each, 16 in all; items of other values are among "elsewhere".
 */
export interface SegmentTest {
  readonly names: string[];
  /** One for each value watched, and the segment that it is of. */
  readonly values: string[];
  segmentOf: Uint8Array;
  bytes: number;
  /** Items with segments so far. */
  items: number;
  /** Values known when the comparing began; they share the level evenly. */
  known: number;
  /** The last items of each segment: the value in the upper bits (0 for one not watched), what came in the lower two. */
  ring: Uint8Array;
  heads: Uint32Array;
  /** Items of a value that wait for a partner: two bits each, the oldest lowest. */
  waiting: Uint16Array;
  waitingCount: Uint8Array;
  /** Up to where a value has taken partners from the ring. */
  readTo: Uint32Array;
  readonly measures: number;
  /** One test for each value and measure. */
  readonly rates: PairedRates;
  /** Where a test that has spoken may speak again. */
  quietTo: Uint32Array;
  readonly derived: { readonly places: Map<string, { readonly segment: number; readonly cells: Map<string, number> }> };
}

export const mostCells = 16;
const mostSegments = 4;
const mostPerSegment = 8;
const mostBytes = 500;
const ringSize = 32;
const mostWaiting = 8;
const mostLookedAt = 16;

/** The values seen among so many first items share the level; nothing is told before. */
const settleCount = 50;

/** After an alarm the tests of its segment begin anew when so many more items of it have come. */
const quietCount = 5_000;

/** Rates closer than four fifths of each other are not worth a person's time, however certain their difference. */
const mostAlike = 0.8;

/** Fewer pairs say nothing of a rate. */
export const fewestPairs = 30;

export function noSegmentTest(measures: 1 | 2): SegmentTest {
  return {
    names: [],
    values: [],
    segmentOf: notYet.uint8,
    bytes: 0,
    items: 0,
    known: 0,
    ring: notYet.uint8,
    heads: notYet.uint32,
    waiting: notYet.uint16,
    waitingCount: notYet.uint8,
    readTo: notYet.uint32,
    measures,
    rates: noPairedRates(),
    quietTo: notYet.uint32,
    derived: { places: new Map() },
  };
}

/** A value of a segment whose rate is another than elsewhere. */
export interface RateGap {
  readonly cell: number;
  readonly measure: number;
  readonly evidence: number;
  readonly needed: number;
  readonly own: number;
  readonly other: number;
  readonly pairs: number;
}

/**
 * Takes in an item.
 *
 * @param ones bit by bit for each measure, whether it came
 * @param level with which probability at most any test of this state ever speaks while there is no difference, in (0, 1)
 * @param measuresInUse among which the level is divided
 * @returns the strongest difference that this item made certain, if any
 */
export function compareItem(
  test: SegmentTest,
  segments: Readonly<Record<string, string>>,
  ones: number,
  level: number,
  measuresInUse: number,
): RateGap | null {
  let gap: RateGap | null = null;
  let lookedAt = 0;
  if (test.items === 0) {
    makeRoom(test);
  }
  test.items = Math.min(2 ** 31, test.items + 1);
  if (test.items === settleCount) {
    test.known = test.values.length;
  }
  for (const name in segments) {
    if (++lookedAt > mostLookedAt) {
      break;
    }
    const cell = cellOf(test, name, segments[name] ?? '');
    if (cell === noCell) {
      continue;
    }
    const paired = cell >= 0 && pairUp(test, cell, ones);
    if (!paired || test.items < settleCount) {
      continue;
    }
    for (let measure = 0; measure < measuresInUse; measure++) {
      const found = gapOf(test, cell, measure, level / measuresInUse);
      gap = found !== null && (gap === null || found.evidence > gap.evidence) ? found : gap;
    }
  }
  return gap;
}

/** The segment and its value that a cell stands for. */
export function nameOfCell(
  { names, values, segmentOf }: SegmentTest,
  cell: number,
): { segment: string; value: string } {
  return { segment: names[segmentOf[cell] ?? 0] ?? '', value: values[cell] ?? '' };
}

/** The evidence that a value needs to be told: its share of the level, turned round. */
export function neededFor({ known }: SegmentTest, cell: number, level: number): number {
  // What the first ones leave of the level is enough for all that come later: 1/(k(k+1)) for the k-th.
  const number = cell + 1;
  return (cell < known ? known + 1 : number * (number + 1)) / level;
}

/** Makes the places again after names and values were loaded. */
export function placeSegmentsAgain(test: SegmentTest): void {
  if (test.items > 0) {
    makeRoom(test);
  }
  const { names, values, segmentOf, derived } = test;
  derived.places.clear();
  names.forEach((name, segment) => derived.places.set(name, { segment, cells: new Map() }));
  values.forEach((value, cell) => derived.places.get(names[segmentOf[cell] ?? 0] ?? '')?.cells.set(value, cell));
}

/** Only streams with segments need it. */
function makeRoom(test: SegmentTest): void {
  test.segmentOf = grown(test.segmentOf, mostCells);
  test.ring = grown(test.ring, mostSegments * ringSize);
  test.heads = grown(test.heads, mostSegments);
  test.waiting = grown(test.waiting, mostCells);
  test.waitingCount = grown(test.waitingCount, mostCells);
  test.readTo = grown(test.readTo, mostCells);
  test.quietTo = grown(test.quietTo, mostCells * test.measures);
  makeRoomForPairs(test.rates, mostCells * test.measures);
  inOneBuffer(test);
}

/** A segment that is not watched. */
const noCell = -2;

/** @returns the cell of a value; -1 for a value not watched, of which the item is taken in */
function cellOf(test: SegmentTest, name: string, value: string): number {
  const known = test.derived.places.get(name) ?? addSegment(test, name);
  if (known === undefined) {
    return noCell;
  }
  const cell = known.cells.get(value) ?? addCell(test, known, value);
  if (cell < 0) {
    push(test, known.segment, 0);
  }
  return cell;
}

function addSegment(test: SegmentTest, name: string) {
  const bytes = test.bytes + jsonBytes(name);
  if (test.names.length >= mostSegments || bytes > mostBytes) {
    return undefined;
  }
  test.bytes = bytes;
  const added = { segment: test.names.push(name) - 1, cells: new Map<string, number>() };
  test.derived.places.set(name, added);
  return added;
}

function addCell(test: SegmentTest, known: { segment: number; cells: Map<string, number> }, value: string): number {
  const bytes = test.bytes + jsonBytes(value);
  if (known.cells.size >= mostPerSegment || test.values.length >= mostCells || bytes > mostBytes) {
    return -1;
  }
  test.bytes = bytes;
  const cell = test.values.push(value) - 1;
  test.segmentOf[cell] = known.segment;
  test.readTo[cell] = test.heads[known.segment] ?? 0;
  known.cells.set(value, cell);
  return cell;
}

function push({ ring, heads }: SegmentTest, segment: number, entry: number): void {
  const head = heads[segment] ?? 0;
  ring[segment * ringSize + (head % ringSize)] = entry;
  heads[segment] = head + 1;
}

/** @returns whether a pair was made */
function pairUp(test: SegmentTest, cell: number, ones: number): boolean {
  const { ring, heads, waiting, waitingCount, readTo, segmentOf } = test;
  const segment = segmentOf[cell] ?? 0;
  push(test, segment, ((cell + 1) << 2) | ones);
  if (waitingCount[cell] === mostWaiting) {
    takeWaiting(test, cell);
  }
  waiting[cell] = (waiting[cell] ?? 0) | (ones << (2 * (waitingCount[cell] ?? 0)));
  waitingCount[cell] = (waitingCount[cell] ?? 0) + 1;
  const head = heads[segment] ?? 0;
  let read = Math.max(readTo[cell] ?? 0, head - ringSize);
  let hasPaired = false;
  while (read < head && (waitingCount[cell] ?? 0) > 0) {
    const entry = ring[segment * ringSize + (read % ringSize)] ?? 0;
    read++;
    if (entry >> 2 !== cell + 1) {
      addPairs(test, cell, takeWaiting(test, cell), entry & 3);
      hasPaired = true;
    }
  }
  readTo[cell] = read;
  return hasPaired;
}

function takeWaiting({ waiting, waitingCount }: SegmentTest, cell: number): number {
  const oldest = waiting[cell] ?? 0;
  waiting[cell] = oldest >> 2;
  waitingCount[cell] = (waitingCount[cell] ?? 0) - 1;
  return oldest & 3;
}

function addPairs({ rates, measures }: SegmentTest, cell: number, own: number, other: number): void {
  for (let measure = 0; measure < measures; measure++) {
    addPair(rates, measure * mostCells + cell, ((own >> measure) & 1) === 1, ((other >> measure) & 1) === 1);
  }
}

function gapOf(test: SegmentTest, cell: number, measure: number, level: number): RateGap | null {
  const at = measure * mostCells + cell;
  const { rates, quietTo } = test;
  const head = test.heads[test.segmentOf[cell] ?? 0] ?? 0;
  if ((quietTo[at] ?? 0) > 0) {
    if (head >= (quietTo[at] ?? 0)) {
      quietTo[at] = 0;
      forgetPairs(rates, at);
    }
    return null;
  }
  const evidence = evidenceOf(rates, at);
  const needed = neededFor(test, cell, level);
  const found = evidence < needed ? null : ratesOf(rates, at);
  if (found === null || Math.min(found.own, found.other) > mostAlike * Math.max(found.own, found.other)) {
    return null;
  }
  // What differs in one value of a segment shows in its others too: they are quiet with it.
  test.values.forEach((_, other) => {
    if (test.segmentOf[other] === test.segmentOf[cell]) {
      quietTo[measure * mostCells + other] = head + quietCount;
    }
  });
  return { cell, measure, evidence, needed, ...found };
}
