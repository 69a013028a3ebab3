/**
 * `npm run soak [-- <starts>]`: starts tasks, 500 unless told otherwise, while their secrets are rotated all the time, and counts
 * what was torn or left. Exit code 1 where anything was. It needs root and `dockerd`.
 */
import { throwAwayDirectory } from "../support/throw-away.ts";
import { soak } from "./soak.ts";

const [starts = "500"] = process.argv.slice(2);
await using directory = await throwAwayDirectory();
const began = performance.now();
const { details, ...counts } = await soak(directory.path, Number(starts));
console.table(counts);
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
for (const detail of details) console.log(detail);
const { starts: done, rotations, ...damage } = counts;
if (Object.values(damage).some((count) => count > 0) || done === 0 || rotations === 0) process.exitCode = 1;
