import { createHash } from "node:crypto";

/** Up to so many texts are counted exactly. */
const most = 4_096;

/** Registers of the estimate: its error is about 0.8 %. */
const registerBits = 14;
const registers = 2 ** registerBits;

/** Counts different texts: exactly while they are few, then by HyperLogLog. */
export function distinctCounter() {
  let seen: Set<string> | undefined = new Set();
  let ranks: Uint8Array | undefined;

  function estimate(text: string): void {
    if (!ranks) return;
    const hash = createHash("sha1").update(text).digest();
    const register = hash.readUInt16BE(0) >> (16 - registerBits);
    const rank = Math.clz32(hash.readUInt32BE(2)) + 1;
    if (rank > (ranks[register] ?? 0)) ranks[register] = rank;
  }

  return {
    /** Returns the bytes that it takes up more, at about. */
    add(text: string): number {
      if (!seen) {
        estimate(text);
        return 0;
      }
      const before = seen.size;
      if (seen.add(text).size === before) return 0;
      if (seen.size <= most) return 60 + text.length * 2;
      ranks = new Uint8Array(registers);
      for (const one of seen) estimate(one);
      seen = undefined;
      return registers;
    },

    count(): number {
      if (seen || !ranks) return seen?.size ?? 0;
      let [sum, empty] = [0, 0];
      for (const rank of ranks) {
        sum += 2 ** -rank;
        if (rank === 0) empty++;
      }
      const raw = ((0.7213 / (1 + 1.079 / registers)) * registers * registers) / sum;
      return Math.round(raw <= 2.5 * registers && empty > 0 ? registers * Math.log(registers / empty) : raw);
    },
  };
}
