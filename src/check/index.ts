export type { Account } from "./account/account.ts";
export type { Calls } from "./account/calls.ts";
export { sdkAccount } from "./account/sdk-account.ts";
export { sdkCalls } from "./account/sdk-calls.ts";
export { sealiftCalls } from "./account/sealift-calls.ts";
export { type Checked, checkDefinition, definitionOf, type Source } from "./check.ts";
export { readDocument } from "./document.ts";
export type { Definition } from "./facts/subject.ts";
export { wellFormed } from "./facts/well-formed.ts";
