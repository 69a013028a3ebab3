/** Runs `work` at every wake, never twice at a time. Wakes while it runs lead to one more run. */
export interface Worker extends AsyncDisposable {
  wake(): void;
  /** Resolves when nothing runs or waits to run. */
  idle(): Promise<void>;
}

/** `onError` gets the error of a run that failed. The next wake runs `work` again. */
export function worker(work: () => Promise<void>, onError: (error: unknown) => void): Worker {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  async function run() {
    while (again && !stopped) {
      again = false;
      await work().catch(onError);
    }
    running = undefined;
  }
  return {
    wake() {
      again = true;
      if (!stopped) running ??= run();
    },
    async idle() {
      while (running) await running;
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      await running;
    },
  };
}
