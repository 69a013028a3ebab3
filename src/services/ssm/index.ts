export { currentParameter, currentParametersBelow } from "./parameters/current-parameters.ts";
export { enforcePolicies } from "./policies/enforce.ts";
export { ssmService } from "./service.ts";
export { ssmStore } from "./store.ts";
