export type { Account } from "./account/account.ts";
export { type Clients, sdkClients } from "./account/clients.ts";
export { sdkAccount } from "./account/sdk-account.ts";
export { type Checked, checkDefinition, definitionOf, type Source } from "./check.ts";
