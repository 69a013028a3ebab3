import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { operation } from "../../../model/operation-before.ts";
import type { Sts } from "../context.ts";
import { refuseSession } from "../errors.ts";
import { longTermSeconds, refuseDeviceCode } from "../sessions/session-input.ts";
import { shownCredentials } from "../sessions/session-tokens.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html: it needs no permission. */
export const getSessionToken = operation(GetSessionTokenCommand)({
  access: "authenticated",
  async run(input, { sessions }: Sts, call) {
    const { kind, arn, account, userId, userName } = call.principal;
    refuseSession(call, "GetSessionToken");
    refuseDeviceCode(input);
    const credentials = sessions.mint(
      { kind, arn, account, userId, ...(userName !== undefined && { userName }) },
      call.time,
      longTermSeconds(input.DurationSeconds, call.principal),
      input.MinimumSessionTokenSize,
    );
    return { Credentials: shownCredentials(credentials) };
  },
});
