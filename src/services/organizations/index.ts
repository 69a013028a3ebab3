export { accountStore } from "./accounts/records.ts";
export { makeRootKey } from "./accounts/root-key.ts";
export type { Organizations } from "./context.ts";
export { membership } from "./organization/membership.ts";
export { organizationOf } from "./organization/organization.ts";
export { organizationsService } from "./service.ts";
