import type { StatsSet } from "../../acs/telemetry.ts";

/** The statistics of some samples. */
export class Samples {
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #count = 0;
  #sum = 0;

  add(value: number): void {
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#count++;
    this.#sum += value;
  }

  /** Of the samples since it was last asked; `undefined` where there were none. */
  take(): StatsSet | undefined {
    if (this.#count === 0) return undefined;
    const set = { min: this.#min, max: this.#max, sampleCount: this.#count, sum: this.#sum };
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
    this.#count = this.#sum = 0;
    return set;
  }
}
