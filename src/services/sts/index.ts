import { queryProtocol } from "../../aws/query-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { IamStore } from "../iam/index.ts";
import type { Sessions } from "./sessions.ts";

export { assumeRoleAsService, type ServiceAssumption, type ServiceAssumptionResult } from "./assume-role-as-service.ts";
export { type AuthenticatorOptions, authenticator } from "./authentication.ts";
export { type SessionCredentials, type SessionPrincipal, type Sessions, sessions } from "./sessions.ts";
export { type UnsignedOptions, unsignedIdentity } from "./unsigned.ts";
export type { OidcProvider, OidcProviders } from "./web-identity.ts";

/** What STS's operations work with. */
export interface Sts {
  readonly iam: IamStore;
  readonly sessions: Sessions;
  /** What a denial's message says, for callers of the account; without it no message is valid. */
  decodeAuthorizationMessage?(message: string, account: string): string | undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/ */
export function stsService(context: Sts): Service {
  return service(
    {
      signingName: "sts",
      protocol: queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/", "2011-06-15"),
      violation: { code: "ValidationError", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
