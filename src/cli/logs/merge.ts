import type { OutputLine, OutputSource } from "./output-line.ts";

export interface MergeOptions {
  /** Milliseconds for which a source that says nothing holds up the others; for ever unless given. */
  readonly patience?: number;
  /** Called where a source cannot be read any more; the others go on. */
  onProblem(source: OutputSource, error: Error): void;
}

export interface Merge {
  add(source: OutputSource): void;
  /** No more sources come: the lines end with them. */
  close(): void;
  /** All lines in the order of their time, as far as sources do not come late. */
  lines(): AsyncGenerator<OutputLine>;
}

interface Slot {
  head?: OutputLine;
  /** When it had no line to give any more. */
  emptySince: number;
  /** Lets the source go on. */
  taken(): void;
}

/** Puts the lines of several sources together. Each is read no further than to its next line. */
export function merge({ patience = Number.POSITIVE_INFINITY, onProblem }: MergeOptions): Merge {
  const slots = new Set<Slot>();
  let isClosed = false;
  let wake = () => {};

  async function pump(source: OutputSource, slot: Slot): Promise<void> {
    try {
      for await (const line of source.lines()) {
        const taken = Promise.withResolvers<void>();
        Object.assign(slot, { head: line, taken: taken.resolve });
        wake();
        await taken.promise;
      }
    } catch (error) {
      onProblem(source, error instanceof Error ? error : new Error(String(error)));
    }
    slots.delete(slot);
    wake();
  }

  /** Milliseconds until the first line may be given, 0 for now. */
  function wait(now: number): number {
    const empty = [...slots].filter(({ head }) => !head);
    return Math.max(0, ...empty.map(({ emptySince }) => emptySince + patience - now));
  }

  function first(): Slot | undefined {
    let found: Slot | undefined;
    for (const slot of slots) if (slot.head && (!found?.head || slot.head.time < found.head.time)) found = slot;
    return found;
  }

  return {
    add(source) {
      const slot: Slot = { emptySince: performance.now(), taken() {} };
      slots.add(slot);
      void pump(source, slot);
    },
    close() {
      isClosed = true;
      wake();
    },
    async *lines() {
      while (!isClosed || slots.size > 0) {
        const slot = first();
        const milliseconds = slot ? wait(performance.now()) : Number.POSITIVE_INFINITY;
        if (slot?.head && milliseconds === 0) {
          const { head } = slot;
          delete slot.head;
          slot.emptySince = performance.now();
          slot.taken();
          yield head;
          continue;
        }
        const woken = Promise.withResolvers<void>();
        wake = woken.resolve;
        const timer = Number.isFinite(milliseconds) ? setTimeout(wake, milliseconds) : undefined;
        await woken.promise;
        clearTimeout(timer);
      }
    },
  };
}
