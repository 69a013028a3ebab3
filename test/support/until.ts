import { setTimeout as delay } from "node:timers/promises";

/**
 * Calls `look` again and again until it returns a value, and resolves to that. Between two calls are `pause` milliseconds.
 * Rejects after `seconds`, with the text that `detail` returns.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  {
    seconds = 60,
    pause = 50,
    detail,
  }: { readonly seconds?: number; readonly pause?: number; readonly detail?: () => string } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) {
      throw new Error(`Waited ${seconds} s in vain: ${what}${detail ? `; ${detail()}` : ""}`);
    }
    await delay(pause);
  }
}
