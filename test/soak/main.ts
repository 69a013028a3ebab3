/**
 * `npm run soak [-- <starts>]`: starts tasks, 500 unless told otherwise, while their secrets are rotated all the time, and counts
 * what was torn or left. Exit code 1 where anything was. It needs root and `dockerd`.
 *
 * `npm run soak -- rotation [<minutes>]`: 20 services share 10 secrets that are rotated at random, and are redeployed when they are.
 */
import { connectDocker } from "../support/docker.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { rotateServices } from "./rotation.ts";
import { soak } from "./soak.ts";

const [what = "500", minutes = "3"] = process.argv.slice(2);
await using directory = await throwAwayDirectory();
const began = performance.now();
if (what === "rotation") {
  const size = { services: 20, tasks: 2, secrets: 10, seconds: 60 * Number(minutes) };
  const { details, ...counts } = await rotateServices(directory.path, await connectDocker(), size);
  const { torn, old, belowMinimum, needless, rotations, rollouts } = counts;
  report(counts, details, { torn, old, belowMinimum, needless }, rotations > 0 && rollouts > 0);
} else {
  const { details, ...counts } = await soak(directory.path, Number(what));
  const { starts: done, rotations, ...damage } = counts;
  report(counts, details, damage, done > 0 && rotations > 0);
}

function report(
  counts: object,
  details: readonly string[],
  damage: Readonly<Record<string, number>>,
  hasWorked: boolean,
): void {
  console.table(counts);
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
  for (const detail of details) console.log(detail);
  if (Object.values(damage).some((count) => count > 0) || !hasWorked) process.exitCode = 1;
}
