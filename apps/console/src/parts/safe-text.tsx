import { piecesOf } from './text-pieces.ts';
import styles from './safe-text.module.css';

interface Props {
  readonly text: string;
  readonly maxLength?: number;
}

/** Text from outside, isolated from the text around it, with what cannot be seen made visible. */
export function SafeText({ text, maxLength }: Props) {
  const { pieces, leftOut } = piecesOf(text, maxLength);
  return (
    <bdi className={styles.text}>
      {pieces.map((piece, index) =>
        piece.kind === 'plain' ? (
          piece.text
        ) : (
          <span key={index} className={styles.hidden}>
            {piece.text}
          </span>
        ),
      )}
      {leftOut === 0 ? null : <span className={styles.hidden}>{leftOut.toLocaleString('en')} more characters</span>}
    </bdi>
  );
}
