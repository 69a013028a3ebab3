import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Timers } from "../../../concurrency/timers.ts";
import type { Block } from "../events/block.ts";
import type { Found } from "../events/read.ts";
import { isAlone } from "../events/release.ts";
import type { Answer, Question } from "./worker.ts";

/** Threads: this one goes on serving. */
const most = Math.min(availableParallelism(), 4);

/** Of a thread, which works on one batch at a time. */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };

/** Milliseconds between two looks whether there were searches; without any the threads end. */
const idle = 30_000;

/** Searches batches on other threads, which begin with the first search. */
export interface Searcher {
  /** Rejects if the batch cannot be opened. */
  search(question: Omit<Question, "number">): Promise<Found>;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, PromiseWithResolvers<Found>>;
}

export function searcher(timers: Pick<Timers, "every">): Searcher {
  let threads: Thread[] = [];
  let number = 0;
  let isUsed = false;
  let stopLooking: (() => void) | undefined;

  function start(): Thread {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { env: environment(), resourceLimits });
    const waiting: Thread["waiting"] = new Map();
    worker.on("message", ({ number: answered, found, examined, problem }: Answer) => {
      const asked = waiting.get(answered);
      waiting.delete(answered);
      if (problem === undefined) asked?.resolve({ block: found && received(found), examined });
      else asked?.reject(new Error(problem));
    });
    const thread = { worker, waiting };
    const end = (cause: unknown) => {
      threads = threads.filter((one) => one !== thread);
      for (const asked of waiting.values())
        asked.reject(new Error("A thread that searches log events ended", { cause }));
    };
    worker.on("error", end);
    worker.on("exit", end);
    // Listening had made this process wait for it.
    worker.unref();
    return thread;
  }

  function endIdle(): void {
    const isIdle = !isUsed && threads.every(({ waiting }) => waiting.size === 0);
    isUsed = false;
    if (!isIdle) return;
    stopLooking?.();
    stopLooking = undefined;
    for (const { worker } of threads) void worker.terminate();
    threads = [];
  }

  return {
    search(question) {
      isUsed = true;
      stopLooking ??= timers.every(idle, endIdle);
      while (threads.length < most) threads.push(start());
      const [first] = threads.toSorted((one, other) => one.waiting.size - other.waiting.size);
      const asked = Promise.withResolvers<Found>();
      first?.waiting.set(++number, asked);
      const sealed = whole(question.sealed);
      first?.worker.postMessage({ ...question, sealed, number }, [sealed.buffer]);
      return asked.promise;
    },
  };
}

/** With the cache of read TypeScript, a thread takes 12 MB; without it 50 MB, as it has to read TypeScript. */
function environment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  // Node adds the name of its version.
  return cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) };
}

/** Bytes with a buffer of their own: all that is behind them would be sent. */
function whole(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isAlone(bytes) ? bytes : new Uint8Array(bytes);
}

/** What came from another thread is bytes where it was a buffer. */
function received(block: Block): Block {
  const { buffer, byteOffset, byteLength } = block.text;
  return { ...block, text: Buffer.from(buffer, byteOffset, byteLength) };
}
