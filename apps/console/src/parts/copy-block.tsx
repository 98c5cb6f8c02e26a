import { useRef, useState } from 'react';
import { Button } from './button.tsx';
import styles from './copy-block.module.css';

interface Props {
  /** What the text is, for screen readers. */
  readonly label: string;
  readonly text: string;
}

/** Text to take away, with a button that copies it; where the browser forbids that, it is selected instead. */
export function CopyBlock({ label, text }: Props) {
  const block = useRef<HTMLPreElement>(null);
  const [done, setDone] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone('Copied');
    } catch {
      select(block.current);
      setDone('Selected: press Ctrl+C');
    }
    setTimeout(() => setDone(''), 4_000);
  };
  return (
    <div className={styles.block}>
      <pre ref={block} className={styles.text} tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
      <div className={styles.acts}>
        <Button onClick={() => void copy()}>Copy</Button>
        <span role="status">{done}</span>
      </div>
    </div>
  );
}

function select(element: Element | null): void {
  if (element !== null) {
    getSelection()?.selectAllChildren(element);
  }
}
