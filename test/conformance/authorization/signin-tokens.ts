import { fakeClock } from "../../../src/clock.ts";
import { randomIds } from "../../../src/ids.ts";
import {
  beginSession,
  challengeOf,
  consoleUri,
  identified,
  newToken,
  sameDevice,
} from "../../../src/services/signin/index.ts";
import { rootPrincipal } from "../../support/in-process.ts";
import type { Plane } from "./plane.ts";

const redirectUris = {
  [sameDevice]: "http://127.0.0.1:40123/oauth/callback",
  "arn:aws:signin:::devtools/cross-device": "http://127.0.0.1:4566/v1/sessions/confirmation",
};

/** Inputs that take a code: of the console, and of a program on this machine and on another one. */
export async function signinTokens({ controlPlane }: Pick<Plane, "controlPlane">) {
  const { accessKeyId, ...principal } = rootPrincipal;
  const origin = { kind: "access-key", accessKeyId } as const;
  const wishes = [{ clientId: sameDevice, redirectUri: consoleUri }].concat(
    Object.entries(redirectUris).map(([clientId, redirectUri]) => ({ clientId, redirectUri })),
  );
  return Promise.all(
    wishes.map(async (wish) => {
      const codeVerifier = newToken(randomIds);
      const now = fakeClock().now();
      const asked = { ...wish, codeChallenge: challengeOf(codeVerifier) };
      const code = await beginSession(controlPlane.signin, asked, identified(principal, origin, now));
      return { tokenInput: { ...wish, grantType: "authorization_code", code, codeVerifier } };
    }),
  );
}
