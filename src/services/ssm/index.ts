export type { Ssm } from "./context.ts";
export { enforcePolicies } from "./policies/enforce.ts";
export { ssmService } from "./service.ts";
export { type SsmStore, ssmStore } from "./store.ts";
