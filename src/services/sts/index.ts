export { assumeRoleAsService, type ServiceAssumption, type ServiceAssumptionResult } from "./assume-role-as-service.ts";
export { type AuthenticatorOptions, authenticator, knownCaller } from "./authentication.ts";
export type { Sts } from "./context.ts";
export { stsService } from "./service.ts";
export { type SessionCredentials, type SessionPrincipal, type Sessions, sessions } from "./sessions.ts";
export { type UnsignedOptions, unsignedIdentity } from "./unsigned.ts";
export type { OidcProvider, OidcProviders } from "./web-identity.ts";
