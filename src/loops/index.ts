import type { Ecs } from "../services/ecs/index.ts";
import { expiryLoop } from "./expiry.ts";
import { servicesLoop } from "./services.ts";

export { rotationsLoop } from "./rotations.ts";

export interface Orchestrator extends AsyncDisposable {
  /** Resolves when no loop has anything to do. */
  idle(): Promise<void>;
}

/** Starts the loops that bring what is about what is wanted. */
export function startOrchestrator(context: Ecs): Orchestrator {
  const loops = [servicesLoop(context), expiryLoop(context)];
  return {
    async idle() {
      for (const loop of loops) await loop.idle();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(loops.map((loop) => loop[Symbol.asyncDispose]()));
    },
  };
}
