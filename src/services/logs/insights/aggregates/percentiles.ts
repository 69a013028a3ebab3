/** Up to so many numbers are kept as they are. */
const most = 4_096;

/** Beyond that, numbers that differ by less than this share count as one. */
const share = 0.005;
const logarithm = Math.log1p(share);

/** Finds percentiles of numbers: exactly while they are few, then within half a percent. */
export function percentiles() {
  let exact: number[] | undefined = [];
  const buckets = new Map<number, number>();
  let count = 0;

  function bucketOf(number: number): number {
    if (number === 0) return 0;
    // Far from 0 on either side, so that small numbers and negative ones have buckets of their own.
    const distance = Math.round(Math.log(Math.abs(number)) / logarithm) + 1_000_000;
    return number > 0 ? distance : -distance;
  }

  function middleOf(bucket: number): number {
    return bucket === 0 ? 0 : Math.sign(bucket) * Math.exp((Math.abs(bucket) - 1_000_000) * logarithm);
  }

  function put(number: number): number {
    const bucket = bucketOf(number);
    const known = buckets.get(bucket);
    buckets.set(bucket, (known ?? 0) + 1);
    return known === undefined ? 40 : 0;
  }

  return {
    /** Returns the bytes that it takes up more, at about. */
    add(number: number): number {
      count++;
      if (!exact) return put(number);
      if (exact.push(number) <= most) return 8;
      let size = 0;
      for (const one of exact) size += put(one);
      exact = undefined;
      return size;
    },

    /** The smallest number that is not below so many percent of them; `undefined` if there are none. */
    at(percent: number): number | undefined {
      const rank = Math.max(Math.ceil((percent / 100) * count), 1);
      if (exact) return exact.toSorted((one, other) => one - other)[rank - 1];
      let before = 0;
      for (const [bucket, number] of [...buckets].sort(([one], [other]) => one - other)) {
        before += number;
        if (before >= rank) return middleOf(bucket);
      }
      return undefined;
    },
  };
}
