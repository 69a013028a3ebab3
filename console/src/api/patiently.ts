/** Milliseconds before each further try. */
const waits = [250, 1_000];

/**
 * Does `work` again when the network was away for a moment, as it is when a container's network comes up on this machine. Not once
 * `signal` is aborted.
 */
export async function patiently<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  for (const wait of waits) {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return work();
}
