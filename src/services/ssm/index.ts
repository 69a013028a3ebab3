export { currentParameter, currentParametersBelow } from "./parameters/current-parameters.ts";
export type { Parameter } from "./parameters/parameter.ts";
export { enforcePolicies } from "./policies/enforce.ts";
export { ssmService } from "./service.ts";
export { type SsmStore, ssmStore } from "./store.ts";
