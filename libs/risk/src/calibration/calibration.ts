import { fields, numbers, readVersion } from '../saving.ts';
import {
  learnReliability,
  reliabilityBins,
  reliabilityOf,
  startReliability,
  type ReliabilityBin,
  type ReliabilityCounts,
} from './reliability.ts';
import { learnTemperature, startTemperature, temper, temperatureOf, type TemperatureFit } from './temperature.ts';

/** What reviewed predictions say of a model's confidence; at most 4 KB when saved. Changed in place. */
export interface Calibration {
  readonly temperature: TemperatureFit;
  readonly reliability: ReliabilityCounts;
}

/** A prediction whose right answer is settled. */
export interface Reviewed {
  /** One score for each label, in [0, 1]; `[confidence, 1 - confidence]` where a model gives no more. */
  readonly scores: readonly number[];
  /** The place of the model's answer among them. */
  readonly answer: number;
  /** The place of the right answer. */
  readonly truth: number;
  /** The probability with which it was drawn, in (0, 1]. */
  readonly probability: number;
}

export function startCalibration(): Calibration {
  return { temperature: startTemperature(), reliability: startReliability() };
}

/** Takes in a reviewed prediction. The reliability is that of the confidence as the model gave it. */
export function learnCalibration(calibration: Calibration, { scores, answer, truth, probability }: Reviewed): void {
  learnTemperature(calibration.temperature, scores, truth, 1 / probability);
  learnReliability(calibration.reliability, scores[answer] ?? NaN, answer === truth);
}

/** Above 1 the model is too sure of itself; from 1/8 to 8, and 1 while nothing is known. */
export function calibrationTemperature(calibration: Calibration): number {
  return temperatureOf(calibration.temperature);
}

/** The model's probabilities of the labels, as the reviewed predictions correct them: a distribution. */
export function calibrated(calibration: Calibration, scores: readonly number[]): number[] {
  return temper(scores, temperatureOf(calibration.temperature));
}

/** The bars of a reliability diagram, from the least sure to the surest. */
export function reliability(calibration: Calibration): ReliabilityBin[] {
  return reliabilityOf(calibration.reliability);
}

const version = 1;

/** A calibration as JSON text. */
export function saveCalibration(calibration: Calibration): string {
  return JSON.stringify({ version, calibration });
}

/** @throws Error for text of another version, or that is no saved calibration */
export function loadCalibration(text: string): Calibration {
  const saved = fields(readVersion(text, version, 'calibration').calibration, 'calibration');
  const counts = fields(saved.reliability, 'reliability');
  const { length } = startTemperature().losses;
  const bins = (name: string) => numbers(counts[name], name, reliabilityBins, reliabilityBins);
  return {
    temperature: { losses: numbers(fields(saved.temperature, 'temperature').losses, 'losses', length, length) },
    reliability: { answers: bins('answers'), confidences: bins('confidences'), right: bins('right') },
  };
}
