#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --disable-warning=ExperimentalWarning --max-semi-space-size=8 --no-parallel-scavenge
// With V8's own 32 MB for new objects, memory under load is twice that of the idle server. Few new objects live on, so that
// threads which share their collection cost more than they save. With glibc's eight arenas a core, threads that compress keep
// megabytes each that nobody uses.
//
// This file is JavaScript because TypeScript would have to be read before the cache of read TypeScript is there.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Halves the time to start. If the folder cannot be written, nothing is cached.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/sealift"));

await import("./resolve-hook.ts");
await import("./cli/program.ts");
