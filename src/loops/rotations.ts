import { atMost } from "../concurrency/at-most.ts";
import type { Worker } from "../concurrency/worker.ts";
import type { Rotator } from "../services/secrets-manager/index.ts";
import { type LoopContext, loop } from "./loop.ts";

/** Milliseconds between looks for a rotation that is due. */
const rotationInterval = 1_000;

/** Milliseconds for which the end waits for steps under way; what is not done then is done again. */
const patience = 2_000;

/**
 * Rotates secrets when they are due. A round does not wait for the one before: a function that takes long keeps no other
 * rotation waiting. Each rotation has a lease of its own besides, as its steps may outlast this replica's.
 */
export function rotationsLoop(rotator: Pick<Rotator, "rotateDue">, context: LoopContext): Worker {
  const running = new Set<Promise<void>>();
  const rounds = loop(context, { lease: "rotations", interval: rotationInterval }, async () => {
    const round = rotator.rotateDue().catch(context.onError);
    running.add(round);
    void round.then(() => running.delete(round));
  });
  return {
    ...rounds,
    async idle() {
      await rounds.idle();
      await Promise.all(running);
    },
    async [Symbol.asyncDispose]() {
      await rounds[Symbol.asyncDispose]();
      await atMost(patience, Promise.all(running));
    },
  };
}
