import { channel } from "node:diagnostics_channel";
import { isMainThread } from "node:worker_threads";

/** To be called once a server has started. */
export async function started(): Promise<void> {
  // The package keeps what was compiled until now, for the next start (`scripts/package/start.cjs`).
  channel("sealift.started").publish(undefined);
  // In a thread, the program is another's.
  if (!isMainThread) return;
  // Lets the heap grow by half before old objects are collected, where V8 would let it grow to a multiple of what is used. On the
  // command line, this flag would have V8 reject the compiled code of Node's own modules that Node brings along, and the start
  // would take up to half as long again.
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--heap-growing-percent=50");
}
