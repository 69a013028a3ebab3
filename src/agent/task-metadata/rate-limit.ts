import type { Clock } from "../../clock.ts";

/** Requests a second, and at once after a pause, of one address for one path: what AWS's agent allows unless configured. */
export const rates = { steady: 40, burst: 60 };

/** Keys that are remembered before full buckets are thrown away. A key is as long as a client likes. */
const manyBuckets = 500;

/** Says of each request whether it is one too many; a token bucket a key. */
export function rateLimit(clock: Clock, { steady, burst } = rates) {
  const buckets = new Map<string, { tokens: number; at: number }>();

  function refilled({ tokens, at }: { readonly tokens: number; readonly at: number }, now: number): number {
    return Math.min(burst, tokens + ((now - at) / 1000) * steady);
  }

  return function isTooMany(key: string): boolean {
    const now = clock.now().getTime();
    if (buckets.size > manyBuckets) {
      for (const [old, bucket] of buckets) if (refilled(bucket, now) >= burst) buckets.delete(old);
    }
    const tokens = refilled(buckets.get(key) ?? { tokens: burst, at: now }, now);
    const isLeft = tokens >= 1;
    buckets.set(key, { tokens: isLeft ? tokens - 1 : tokens, at: now });
    return !isLeft;
  };
}
