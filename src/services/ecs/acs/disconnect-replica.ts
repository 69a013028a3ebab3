import { lastPart } from "../arns.ts";
import type { Ecs } from "../context.ts";

/** Ends the sessions that agents had with a replica which is dead and that they did not take up with another. */
export async function disconnectReplica({ store, wakes, log }: Ecs, replica: string): Promise<void> {
  const instances = await store.sessions.closeAll(replica);
  if (instances.length === 0) return;
  log.warn(
    { instances: instances.map(lastPart) },
    "The agents of container instances did not come back after their server ended",
  );
  wakes.wake("services");
}
