export type { RootKey } from "./accounts/account.ts";
export { type AccountStore, accountStore } from "./accounts/records.ts";
export { makeRootKey } from "./accounts/root-key.ts";
export type { Organizations } from "./context.ts";
export { membership } from "./organization/membership.ts";
export { type Organization, organizationOf } from "./organization/organization.ts";
export { organizationsService } from "./service.ts";
