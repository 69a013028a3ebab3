#!/usr/bin/env -S node --disable-warning=ExperimentalWarning --max-semi-space-size=8 --no-parallel-scavenge --heap-growing-percent=50
// With V8's own 32 MB for new objects, and twice the heap before old ones are collected, memory under load is twice that of the
// idle server. Few new objects live on, so that threads which share their collection cost more than they save.
//
// This file is JavaScript because TypeScript would have to be read before the cache of read TypeScript is there.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Halves the time to start. If the folder cannot be written, nothing is cached.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/sealift"));

await import("./resolve-hook.ts");
await import("./cli/program.ts");
