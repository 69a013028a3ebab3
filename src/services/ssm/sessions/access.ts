import { DoesNotExistException$ } from "@aws-sdk/client-ssm";
import { regionalArn } from "../../../arn.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { HeldSession } from "../../ecs/index.ts";

/**
 * Access to a session, which has two tags of Session Manager's: the user id of who began it, and its target.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html
 */
export function sessionAccess(call: Call, sessionId: string, found: HeldSession | undefined): Need {
  return {
    resource: regionalArn(call, "ssm", `session/${sessionId}`),
    ...(found && {
      conditions: {
        "ssm:resourceTag/aws:ssmmessages:session-id": found.owner.userId,
        "ssm:resourceTag/aws:ssmmessages:target-id": found.targetId,
      },
    }),
  };
}

export function existingSession(sessionId: string, found: HeldSession | undefined): HeldSession {
  if (found) return found;
  throw new ApiError(DoesNotExistException$, `Session ${sessionId} does not exist`);
}
