import type { Worker } from "../concurrency/worker.ts";
import { type Ecs, secretsTender } from "../services/ecs/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between rounds. */
const secretsInterval = 1_000;

/** Looks after the secrets that tasks hold: learns which they are, and replaces tasks that hold older versions where that is wanted. */
export function secretsLoop(ecs: Ecs, context: LoopContext): Worker {
  return loop(context, { lease: "secrets", interval: secretsInterval }, secretsTender(ecs));
}
