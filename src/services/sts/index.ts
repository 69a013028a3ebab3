export { type AuthenticatorOptions, authenticator, knownCaller } from "./authentication.ts";
export { assumeRoleAsService, roleForService } from "./roles/assume-role-as-service.ts";
export { stsService } from "./service.ts";
export { mayCallIam, type SessionPrincipal } from "./sessions/session.ts";
export { type Sessions, sessions } from "./sessions/session-tokens.ts";
export { unsignedIdentity } from "./web-identity/unsigned.ts";
export type { OidcProviders } from "./web-identity/web-identity.ts";
