export { type AuthenticatorOptions, authenticator, knownCaller } from "./authentication.ts";
export type { Sts } from "./context.ts";
export {
  assumeRoleAsService,
  type ServiceAssumption,
  type ServiceAssumptionResult,
} from "./roles/assume-role-as-service.ts";
export { stsService } from "./service.ts";
export type { SessionCredentials, SessionPrincipal } from "./sessions/session.ts";
export { type Sessions, sessions } from "./sessions/session-tokens.ts";
export { type UnsignedOptions, unsignedIdentity } from "./web-identity/unsigned.ts";
export type { OidcProvider, OidcProviders } from "./web-identity/web-identity.ts";
