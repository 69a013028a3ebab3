import { assumptionEvent, type EventStore } from "../audit/index.ts";
import type { Clock } from "../clock.ts";
import { defined } from "../defined.ts";
import type { Ids } from "../ids.ts";
import type { AssumeRole } from "../services/ecs/index.ts";
import type { IamStore } from "../services/iam/index.ts";
import { assumeRoleAsService, type Sessions } from "../services/sts/index.ts";

export interface AssumeTaskRoleOptions {
  readonly iam: IamStore;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventStore;
  /** Region of the installation, for the event. */
  readonly region: string;
}

/** Seconds that a task's session of its roles lasts; it is renewed before. */
const sessionDuration = 6 * 60 * 60;

/** How ECS assumes a task's roles. The event is in the audit trail before the credentials leave for the agent. */
export function assumeTaskRole({ iam, sessions, clock, ids, events, region }: AssumeTaskRoleOptions): AssumeRole {
  return async (request) => {
    const asked = { ...request, service: "ecs-tasks.amazonaws.com", durationSeconds: sessionDuration };
    const result = await assumeRoleAsService({ iam, sessions, clock }, asked);
    const decision = "trace" in result ? { trace: result.trace } : undefined;
    const document = assumptionEvent(asked, result, { ids, now: clock.now(), region });
    await events.write({ document, ...defined({ decision }) });
    return result;
  };
}
