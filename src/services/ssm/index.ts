export type { Ssm } from "./context.ts";
export { enforcePolicies } from "./policies/enforce.ts";
export { ssmService } from "./service.ts";
export { ssmStore } from "./store.ts";
