import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { operation } from "../../aws/operation.ts";
import { accessDenied } from "./errors.ts";
import type { Sts } from "./index.ts";
import { refuseDeviceCode } from "./session-input.ts";
import { shownCredentials } from "./sessions.ts";

const defaultSeconds = 43_200;
const longestOfRoot = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html: it needs no permission. */
export const getSessionToken = operation(GetSessionTokenCommand)({
  access: "authenticated",
  async run(input, { sessions }: Sts, { principal, time }) {
    const { kind, arn, account, userId, userName, sessionIssuedAt } = principal;
    if (sessionIssuedAt !== undefined) throw accessDenied("Cannot call GetSessionToken with session credentials");
    refuseDeviceCode(input);
    const requested = input.DurationSeconds ?? defaultSeconds;
    const seconds = kind === "root" ? Math.min(requested, longestOfRoot) : requested;
    const credentials = sessions.mint(
      { kind, arn, account, userId, ...(userName !== undefined && { userName }) },
      time,
      seconds,
    );
    return { Credentials: shownCredentials(credentials) };
  },
});
