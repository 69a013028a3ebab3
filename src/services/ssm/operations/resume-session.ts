import { ResumeSessionCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { existingSession, sessionAccess } from "../sessions/access.ts";

/**
 * Of a session that has ended, the answer has no token: AWS's session-manager-plugin then says that it timed out, and ends.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ResumeSession.html
 */
export const resumeSession = operation(ResumeSessionCommand)({
  find: (input, call, { sessions }: Ssm) => sessions.find(call, input.SessionId),
  access: (found, input, call) => sessionAccess(call, input.SessionId, found),
  async run(found, input, { sessions }, call) {
    const { id } = existingSession(input.SessionId, found);
    const resumed = await sessions.resume(call, id);
    return { SessionId: id, ...(resumed && { TokenValue: resumed.tokenValue, StreamUrl: resumed.streamUrl }) };
  },
});
