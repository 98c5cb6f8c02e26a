/**
 * Does `work` again and again, `pauseMs` after it was last done, never twice at a time.
 *
 * @returns a function that stops it and waits for what is under way
 */
export function every(
  pauseMs: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const plan = () => {
    timer = setTimeout(() => {
      running = work()
        .catch(failed)
        .then(() => {
          if (!isStopped) plan();
        });
    }, pauseMs).unref();
  };
  plan();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
