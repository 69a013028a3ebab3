import { CreateOAuth2TokenCommand } from "@aws-sdk/nested-clients/signin";
import type { Call } from "../../../model/call.ts";
import { type Input, operation } from "../../../model/operation.ts";
import { isConsole } from "../authorization/client.ts";
import type { Signin } from "../context.ts";
import { invalidRequest, refused } from "../errors.ts";
import { signinAccess } from "../sessions/access.ts";
import { credentialsOf } from "../sessions/credentials.ts";
import { idToken } from "../sessions/id-token.ts";
import { isOriginGood } from "../sessions/origin.ts";
import { proofIn } from "../sessions/proof.ts";
import { challengeOf, hashOf, newToken, type SigninSession } from "../sessions/session.ts";

type Body = Input<typeof CreateOAuth2TokenCommand>["tokenInput"];

/**
 * https://docs.aws.amazon.com/signin/latest/APIReference/API_CreateOAuth2Token.html. The code or the refresh token says who calls:
 * nothing is signed.
 */
export const createOAuth2Token = operation(CreateOAuth2TokenCommand)({
  find: async ({ tokenInput }, _call, { store }: Signin) => {
    const text = tokenInput.grantType === "authorization_code" ? tokenInput.code : tokenInput.refreshToken;
    return text === undefined ? undefined : store.findByToken(hashOf(text));
  },
  access: (found, { tokenInput }, call) =>
    found ? signinAccess(found.session, call, { "signin:OAuthGrantType": tokenInput.grantType }) : [],
  async run(found, { tokenInput }, context, call) {
    const isCode = tokenInput.grantType === "authorization_code";
    refuseWrongMembers(tokenInput);
    const expired = isCode
      ? refused("AUTHCODE_EXPIRED", "The authorization code is not valid, has expired, or was used")
      : refused("TOKEN_EXPIRED", "The refresh token is not valid, has expired, or was used");
    if (found?.token.kind !== (isCode ? "code" : "refresh") || found.session.clientId !== tokenInput.clientId) {
      throw expired;
    }
    const { token, session } = found;
    if (isCode) refuseWrongTaker(session, tokenInput);
    const proof = provenBy(session, call, isCode);
    if (token.expiresAt.getTime() <= call.time.getTime()) throw expired;
    if (!(await isOriginGood(context, session))) {
      await context.store.end(session.id);
      throw refused("USER_CREDENTIALS_CHANGED", "The credential that the session began with was changed");
    }
    const refreshToken = newToken(context.ids);
    const next = { hash: hashOf(refreshToken), expiresAt: session.endsAt };
    const { time: now } = call;
    const isTaken = isCode
      ? await context.store.takeCode(session, token.hash, next, { now, keyThumbprint: proof?.keyThumbprint })
      : await context.store.takeRefreshToken(session, token.hash, next, { now, proof: proof?.id });
    if (!isTaken) {
      // Whoever comes second, one of the two is a thief.
      await context.store.end(session.id);
      throw expired;
    }
    const { accessToken, expiresIn } = credentialsOf(context, session, call);
    const tokenOutput = { accessToken, tokenType: "aws_sigv4", expiresIn, refreshToken };
    return { tokenOutput: isCode ? { ...tokenOutput, idToken: idToken(session, call) } : tokenOutput };
  },
});

/** A member that would change nothing is refused. */
function refuseWrongMembers({ grantType, ...members }: Body): void {
  const [wanted, unwanted] =
    grantType === "authorization_code"
      ? ([["code", "redirectUri", "codeVerifier"], ["refreshToken"]] as const)
      : ([["refreshToken"], ["code", "redirectUri", "codeVerifier"]] as const);
  for (const name of wanted) {
    if (members[name] === undefined) throw invalidRequest(`${name} is required with grantType ${grantType}`);
  }
  for (const name of unwanted) {
    if (members[name] !== undefined) throw invalidRequest(`${name} cannot be used with grantType ${grantType}`);
  }
}

function refuseWrongTaker({ redirectUri, codeChallenge }: SigninSession, input: Body): void {
  if (input.redirectUri !== redirectUri) throw invalidRequest("redirectUri is not the one that was authorized");
  if (challengeOf(input.codeVerifier ?? "") !== codeChallenge) throw invalidRequest("codeVerifier does not match");
}

/** Programs bind their refresh tokens to a key, which is in no request. A page may. */
function provenBy(session: SigninSession, call: Call, isCode: boolean) {
  const proof = proofIn(call, "/v1/token");
  if (isCode) {
    if (!proof && !isConsole(session)) throw invalidRequest("The request needs a DPoP proof");
  } else if (proof?.keyThumbprint !== session.keyThumbprint) {
    throw invalidRequest("The request needs a DPoP proof by the key that the refresh token is bound to");
  }
  return proof;
}
