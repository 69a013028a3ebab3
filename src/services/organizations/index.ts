export { type Organization, organizationOf } from "./account.ts";
export { type AccountStore, accountStore, type RootKey, sealedColumns } from "./accounts.ts";
export type { Organizations } from "./context.ts";
export { membership } from "./membership.ts";
export { makeRootKey } from "./root-key.ts";
export { organizationsService } from "./service.ts";
