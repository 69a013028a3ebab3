import { ResourceFailure } from "./resource.ts";

/** Rejects as soon as `signal` is aborted. Nothing is left behind by a read that nobody waits for. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new ResourceFailure("the task was stopped"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
