import { lastPart, scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";

/**
 * Reports that a newer connection of an instance took the place of one that was open. It happens when an agent comes back
 * before its lost connection was noticed, and when two agents take themselves for the same instance.
 */
export async function reportDisplaced(
  { log, auditEvents, clock, replica }: Ecs,
  instanceArn: string,
  { sessionId, by }: { readonly sessionId: string; readonly by: string },
): Promise<void> {
  log.warn(
    { instance: lastPart(instanceArn) },
    "A newer connection of a container instance took the place of the one before",
  );
  await auditEvents.record({
    ...scopeOf(instanceArn),
    ...{ service: "ecs", name: "AgentSessionDisplaced", time: clock.now() },
    resources: [{ type: "AWS::ECS::ContainerInstance", name: instanceArn }],
    serviceEventDetails: { sessionId, displacedBy: by, replica },
  });
}
