import {
  GetWebIdentityTokenCommand,
  JWTPayloadSizeExceededException$,
  OutboundWebIdentityFederationDisabledException$,
  SessionDurationEscalationException$,
} from "@aws-sdk/client-sts";
import { SignJWT } from "jose";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Principal } from "../../../model/call.ts";
import { validationError } from "../../../model/common-errors.ts";
import { type Input, type Need, operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import { idWithoutSession, issuerUrl, signingKey, type Tags, tokenAlgorithms } from "../../iam/index.ts";
import type { Sts } from "../context.ts";
import { refuseUserSession } from "../errors.ts";
import { tokenClaims } from "../identity-tokens/claims.ts";
import { requestedTags, tagList } from "../sessions/tags.ts";

/** Seconds. */
const defaultDuration = 300;
/** Bytes of the claims. The token then has fewer characters than an identity token may have that STS itself takes. */
const largestPayload = 14_000;

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html: a token that proves to programs outside of
 * AWS who the caller is. They find its key at its issuer.
 */
export const getWebIdentityToken = operation(GetWebIdentityTokenCommand)({
  async find(input, call, { iam }: Sts) {
    refuseUserSession(call, "GetWebIdentityToken");
    checkAlgorithm(input.SigningAlgorithm);
    checkSubject(input);
    const tags = requestedTags(input);
    return { tags, issuer: await iam.tokenIssuers.find(call.account) };
  },
  access({ tags }, input) {
    const requested = requestTagKeys(tagList(tags));
    const need: Need = {
      resource: "*",
      conditions: {
        ...defined({
          "sts:DurationSeconds": input.DurationSeconds?.toString(),
          "sts:SubjectMode": input.SubjectMode,
        }),
        "sts:IdentityTokenAudience": input.Audience,
        "sts:SigningAlgorithm": input.SigningAlgorithm,
        ...requested,
      },
    };
    if (Object.keys(tags).length === 0) return need;
    return [need, { action: "sts:TagGetWebIdentityToken", resource: "*", conditions: requested }];
  },
  async run({ tags, issuer }, input, { iam, ids, organization, publicUrl }, call) {
    const { principal, time } = call;
    if (!issuer?.enabled) {
      const message = "Outbound web identity federation is not enabled for this account";
      throw new ApiError(OutboundWebIdentityFederationDisabledException$, message);
    }
    const seconds = input.DurationSeconds ?? defaultDuration;
    const claims = tokenClaims(call, {
      issuer: issuerUrl(issuer, publicUrl),
      id: ids.uuid(),
      audiences: input.Audience,
      seconds,
      requestTags: tags,
      principalTags: await principalTags(iam, principal),
      organization,
    });
    const expiration = new Date((claims.exp ?? 0) * 1000);
    if (principal.sessionExpiresAt && expiration > principal.sessionExpiresAt) {
      const message = "The requested token duration would extend the session beyond its original expiration time";
      throw new ApiError(SessionDurationEscalationException$, message);
    }
    if (Buffer.byteLength(JSON.stringify(claims)) > largestPayload) {
      const message = "The requested token payload size exceeds the maximum allowed size";
      throw new ApiError(JWTPayloadSizeExceededException$, message);
    }
    const key = signingKey(await iam.tokenIssuers.keys.list(call.account), input.SigningAlgorithm, time);
    if (!key) throw new Error(`There is no key for ${input.SigningAlgorithm} in account ${call.account}`);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ kid: key.id, typ: "JWT", alg: key.algorithm })
      .sign(await iam.tokenIssuers.keys.privateKey(key));
    return { WebIdentityToken: token, Expiration: expiration };
  },
});

function checkAlgorithm(algorithm: string): void {
  if (tokenAlgorithms.some((known) => known === algorithm)) return;
  const values = [...tokenAlgorithms].sort().join(", ");
  throw validationError(
    `1 validation error detected: Value '${algorithm}' at 'signingAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [${values}]`,
  );
}

/** There is no trusted identity propagation, so no session acts for anybody else, and only then a token has a scope. */
function checkSubject({ SubjectMode: mode, Scope: scope }: Input<typeof GetWebIdentityTokenCommand>): void {
  if (mode === "OriginIdentity") {
    throw validationError(
      "The calling session has no trusted identity propagation context, which OriginIdentity needs",
    );
  }
  if (scope !== undefined) throw validationError("Scope can be specified only when SubjectMode is OriginIdentity");
}

/** The tags of the user or role. Those of the session come in their place. */
async function principalTags(iam: Sts["iam"], { kind, userId, tags = {} }: Principal): Promise<Tags> {
  if (kind !== "user" && kind !== "assumed-role") return tags;
  const found = await iam.effectivePolicies.find(idWithoutSession(userId));
  const names = new Set(Object.keys(tags).map((key) => key.toLowerCase()));
  const own = Object.entries(found?.tags ?? {}).filter(([key]) => !names.has(key.toLowerCase()));
  return { ...Object.fromEntries(own), ...tags };
}
