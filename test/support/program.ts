import { join } from "node:path";

/** Sealift as `npm run sealift` starts it. */
export const sourceProgram = join(import.meta.dirname, "../../src/main.js");

/**
 * The Sealift that tests start. A run of all tests bundles the source first (`scripts/test.ts`), because a bundle starts with
 * half the processor's time.
 */
export const sealiftProgram = process.env.SEALIFT_TEST_PROGRAM ?? sourceProgram;
