import { useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { Button } from './button.tsx';
import styles from './toast.module.css';

export interface ToastContent {
  readonly text: string;
  /** A way back or on, such as undo. */
  readonly act?: { readonly label: string; readonly hint?: string; readonly run: () => void };
  /** Default 10,000 ms of time in which nobody points at it or has the focus in it. */
  readonly forMs?: number;
}
interface Toast extends ToastContent {
  readonly id: number;
}
interface Toasts {
  readonly toasts: readonly Toast[];
  readonly show: (content: ToastContent) => number;
  readonly dismiss: (id: number) => void;
}

let lastId = 0;
const shownAtMost = 3;

/** The few sentences that may appear over a screen. */
export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  show: (content) => {
    lastId += 1;
    const toast = { ...content, id: lastId };
    set(({ toasts }) => ({ toasts: [...toasts, toast].slice(-shownAtMost) }));
    return toast.id;
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));

export function ToastShelf() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.shelf} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const dismiss = useToasts((state) => state.dismiss);
  const [isPaused, setPaused] = useState(false);
  const leftMs = useRef(toast.forMs ?? 10_000);
  useEffect(() => {
    if (isPaused) {
      return undefined;
    }
    const start = performance.now();
    const timer = setTimeout(() => dismiss(toast.id), leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current -= performance.now() - start;
    };
  }, [isPaused, toast.id, dismiss]);
  const pause = () => setPaused(true);
  const go = () => setPaused(false);
  const { act } = toast;
  return (
    <div className={styles.toast} onPointerEnter={pause} onPointerLeave={go} onFocus={pause} onBlur={go}>
      <p>{toast.text}</p>
      {act === undefined ? null : (
        <Button
          {...(act.hint === undefined ? {} : { hint: act.hint })}
          onClick={() => {
            dismiss(toast.id);
            act.run();
          }}
        >
          {act.label}
        </Button>
      )}
      <Button look="quiet" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
        ×
      </Button>
    </div>
  );
}
