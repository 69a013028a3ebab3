import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * The exports of an SDK client package, for code that the server loads when it starts. Loading a client takes some 20 ms and
 * several megabytes, and a server that starts throws none of its errors.
 */
export function lazySdk<Exports>(name: string): () => Exports {
  return () => require(name) as Exports;
}
