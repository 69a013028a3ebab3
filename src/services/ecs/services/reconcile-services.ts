import { setImmediate } from "node:timers/promises";
import type { Ecs } from "../context.ts";
import { reconcileService } from "./reconcile-service.ts";
import { schedulerRound } from "./round.ts";

/** One round of the service scheduler. A service that fails does not keep the others from it. */
export async function reconcileServices(context: Ecs): Promise<void> {
  const round = schedulerRound(context.store);
  for (const service of await context.store.services.scheduled()) {
    try {
      await reconcileService(context, service, round);
    } catch (error) {
      context.onError(error);
    }
    // SQLite answers without a turn of the event loop: without this no request would be answered during a round.
    await setImmediate();
  }
}
