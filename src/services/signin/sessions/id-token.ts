import type { Call } from "../../../model/call.ts";
import type { SigninSession } from "./session.ts";

/**
 * Tells a program whose session it has. It is not signed, as it comes straight from who made it:
 * https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 */
export function idToken({ principal, clientId, endsAt }: SigninSession, { time, partition, region }: Call): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  const claims = {
    iss: `arn:${partition}:signin:${region}::sealift`,
    ...{ sub: principal.arn, aud: clientId, iat: seconds(time), exp: seconds(endsAt) },
  };
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
}
