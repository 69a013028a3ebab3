import { setTimeout } from "node:timers/promises";
import type { Ecs } from "../services/ecs/index.ts";
import type { Rotator } from "../services/secrets-manager/index.ts";

/** Milliseconds between looks for a rotation that is due. */
export const rotationInterval = 1_000;

/** Milliseconds for which the end waits for steps under way; what is not done then is done again. */
const patience = 2_000;

/** Has secrets turned over when it is time. A function that takes long keeps no other rotation waiting. */
export function rotationsLoop(rotator: Rotator, { timers, onError }: Pick<Ecs, "timers" | "onError">): AsyncDisposable {
  const running = new Set<Promise<void>>();
  const stop = timers.every(rotationInterval, () => {
    const round = rotator.rotateDue().catch(onError);
    running.add(round);
    void round.then(() => running.delete(round));
  });
  return {
    async [Symbol.asyncDispose]() {
      stop();
      await Promise.race([Promise.all(running), setTimeout(patience)]);
    },
  };
}
