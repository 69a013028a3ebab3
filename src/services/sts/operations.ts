import * as client from "@aws-sdk/client-sts";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Sts } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Sts> = {
  AssumeRole: async () => (await import("./operations/assume-role.ts")).assumeRole,
  AssumeRoleWithSAML: async () => (await import("./operations/assume-role-with-saml.ts")).assumeRoleWithSaml,
  AssumeRoleWithWebIdentity: async () =>
    (await import("./operations/assume-role-with-web-identity.ts")).assumeRoleWithWebIdentity,
  DecodeAuthorizationMessage: async () =>
    (await import("./operations/decode-authorization-message.ts")).decodeAuthorizationMessage,
  GetAccessKeyInfo: async () => (await import("./operations/get-access-key-info.ts")).getAccessKeyInfo,
  GetCallerIdentity: async () => (await import("./operations/get-caller-identity.ts")).getCallerIdentity,
  GetFederationToken: async () => (await import("./operations/get-federation-token.ts")).getFederationToken,
  GetSessionToken: async () => (await import("./operations/get-session-token.ts")).getSessionToken,
  GetWebIdentityToken: async () => (await import("./operations/get-web-identity-token.ts")).getWebIdentityToken,
};
