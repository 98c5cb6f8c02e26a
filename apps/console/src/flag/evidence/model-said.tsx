import type { Prediction } from '@watchfloor/contracts';
import { SafeText } from '../../parts/safe-text.tsx';
import { classNames } from '../../parts/class-names.ts';
import { figure, share } from '../figure.ts';
import { intervalLine, scoreBars } from './model-answer.ts';
import styles from './model-said.module.css';

/** The model's answer with how sure it was. */
export function ModelSaid({ prediction }: { readonly prediction: Prediction }) {
  const { label, value, confidence, model } = prediction;
  return (
    <div className={styles.said}>
      <p className={styles.answer}>
        <span className={styles.big}>
          {label === undefined ? figure(value) : <SafeText text={label} maxLength={200} />}
        </span>
        {confidence === undefined ? null : <span className={styles.sure}>confidence {share(confidence)}</span>}
      </p>
      <Scores prediction={prediction} />
      <Interval prediction={prediction} />
      {model === undefined ? null : (
        <p className={styles.model}>
          <SafeText
            text={model.version === undefined ? model.name : `${model.name} ${model.version}`}
            maxLength={200}
          />
        </p>
      )}
    </div>
  );
}

function Scores({ prediction }: { readonly prediction: Prediction }) {
  const { bars, leftOut } = scoreBars(prediction);
  if (bars.length === 0) {
    return null;
  }
  return (
    <table className={styles.scores}>
      <caption className="visually-hidden">Probability of each label</caption>
      <tbody>
        {bars.map(({ label, score, length, isModel }) => (
          <tr key={label} className={classNames(isModel && styles.own)}>
            <th scope="row">
              <SafeText text={label} maxLength={60} />
            </th>
            <td className={styles.bar}>
              <svg width="100%" height="10" aria-hidden="true">
                <rect width="100%" height="10" className={styles.track} />
                <rect width={`${(length * 100).toFixed(1)}%`} height="10" className={styles.fill} />
              </svg>
            </td>
            <td className={styles.number}>{share(score)}</td>
          </tr>
        ))}
      </tbody>
      {leftOut === 0 ? null : (
        <tfoot>
          <tr>
            <td colSpan={3}>{leftOut} less likely</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Interval({ prediction }: { readonly prediction: Prediction }) {
  const line = intervalLine(prediction);
  if (line === null) {
    return null;
  }
  const percent = (place: number) => `${(place * 100).toFixed(2)}%`;
  return (
    <div>
      <svg
        width="100%"
        height="22"
        role="img"
        aria-label={`Interval from ${figure(line.low)} to ${figure(line.high)}`}
        className={styles.interval}
      >
        <rect x="0" y="9" width="100%" height="4" className={styles.track} />
        <rect x={percent(line.from)} width={percent(line.to - line.from)} y="7" height="8" className={styles.fill} />
        <line x1={percent(line.value)} x2={percent(line.value)} y1="1" y2="21" className={styles.value} />
      </svg>
      <p className={styles.model}>
        between {figure(line.low)} and {figure(line.high)}
      </p>
    </div>
  );
}
