/** Milliseconds to wait before the next try; they double each time, up to `maximum`. */
export function growingDelay(minimum: number, maximum: number) {
  let delay = minimum;
  return {
    next(): number {
      const current = delay;
      delay = Math.min(delay * 2, maximum);
      return current;
    },
    reset(): void {
      delay = minimum;
    },
  };
}
