import { parentPort } from "node:worker_threads";

/**
 * Resolves at the first SIGTERM or SIGINT. A second one ends the process at once. In a thread of another program, which gets no
 * signals, it resolves at that program's first message.
 */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ["SIGTERM", "SIGINT"] as const;
    function stop(): void {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    }
    for (const signal of signals) process.on(signal, stop);
    parentPort?.once("message", stop);
  });
}
