import type { JWTPayload } from "jose";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { Tags } from "../../iam/index.ts";

/** What a token says beside the caller. */
export interface TokenContent {
  readonly issuer: string;
  readonly id: string;
  readonly audiences: readonly string[];
  readonly seconds: number;
  readonly requestTags: Tags;
  /** Of the user or role and of the session. */
  readonly principalTags: Tags;
  readonly organization: { readonly id: string; readonly path: string } | undefined;
}

/**
 * The claims of a token that represents the caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html
 */
export function tokenClaims({ principal, time, region, account }: Call, content: TokenContent): JWTPayload {
  const { issuer, id, audiences, seconds, requestTags, principalTags, organization } = content;
  const subject = principal.roleArn ?? principal.arn;
  const issuedAt = Math.floor(time.getTime() / 1000);
  const [audience = ""] = audiences;
  return {
    iss: issuer,
    aud: audiences.length > 1 ? [...audiences] : audience,
    sub: subject,
    iat: issuedAt,
    exp: issuedAt + seconds,
    jti: id,
    "https://sts.amazonaws.com/": defined({
      aws_account: account,
      source_region: region,
      org_id: organization?.id,
      ou_path: organization && [organization.path],
      principal_id: subject,
      principal_tags: unlessEmpty(principalTags),
      request_tags: unlessEmpty(requestTags),
      original_session_exp: principal.sessionExpiresAt && `${principal.sessionExpiresAt.toISOString().slice(0, 19)}Z`,
      source_identity: principal.sourceIdentity,
      federated_provider: principal.sessionKeys?.["aws:FederatedProvider"],
    }),
  };
}

function unlessEmpty(tags: Tags): Tags | undefined {
  return Object.keys(tags).length === 0 ? undefined : tags;
}
