export { type Organization, organizationOf } from "./accounts/account.ts";
export { type AccountStore, accountStore, type RootKey, sealedColumns } from "./accounts/records.ts";
export { makeRootKey } from "./accounts/root-key.ts";
export type { Organizations } from "./context.ts";
export { membership } from "./organization/membership.ts";
export { organizationsService } from "./service.ts";
