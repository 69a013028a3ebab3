import * as client from "@aws-sdk/client-sts";
import type { Operation } from "../../aws/operation.ts";
import type { Model } from "../../aws/violations.ts";
import { assumeRole } from "./assume-role.ts";
import { assumeRoleWithWebIdentity } from "./assume-role-with-web-identity.ts";
import { decodeAuthorizationMessage } from "./decode-authorization-message.ts";
import { getAccessKeyInfo } from "./get-access-key-info.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";
import { getFederationToken } from "./get-federation-token.ts";
import { getSessionToken } from "./get-session-token.ts";
import type { Sts } from "./index.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers; `npm run coverage` and `npm run limits` read it. */
export const operations: readonly Operation<Sts>[] = [
  assumeRole,
  assumeRoleWithWebIdentity,
  decodeAuthorizationMessage,
  getAccessKeyInfo,
  getCallerIdentity,
  getFederationToken,
  getSessionToken,
];
