import { TerminateSessionCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { existingSession, sessionAccess } from "../sessions/access.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_TerminateSession.html */
export const terminateSession = operation(TerminateSessionCommand)({
  find: (input, call, { sessions }: Ssm) => sessions.find(call, input.SessionId),
  access: (found, input, call) => sessionAccess(call, input.SessionId, found),
  async run(found, input, { sessions }) {
    const { id } = existingSession(input.SessionId, found);
    await sessions.terminate(id);
    return { SessionId: id };
  },
});
