import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Sts } from "../context.ts";
import { refuseSession } from "../errors.ts";
import { findDeviceCode, useDeviceCode } from "../sessions/device-code.ts";
import { userSessionSeconds } from "../sessions/duration.ts";
import { shownCredentials } from "../sessions/shape.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html: it needs no permission. */
export const getSessionToken = operation(GetSessionTokenCommand)({
  access: "authenticated",
  async run(_found, input, { iam, sessions }: Sts, call) {
    const { kind, arn, account, userId, userName } = call.principal;
    refuseSession(call, "GetSessionToken");
    const code = await findDeviceCode(iam, call, input);
    await useDeviceCode(iam, code);
    const mfaAuthenticatedAt = code && call.time;
    const credentials = sessions.mint(
      { kind, arn, account, userId, ...defined({ userName, mfaAuthenticatedAt }) },
      call.time,
      userSessionSeconds(input.DurationSeconds, call.principal),
      input.MinimumSessionTokenSize,
    );
    return { Credentials: shownCredentials(credentials) };
  },
});
