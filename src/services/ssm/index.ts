export type { Ssm } from "./context.ts";
export { parameterStore } from "./parameters/records.ts";
export { enforcePolicies } from "./policies/enforce.ts";
export { ssmService } from "./service.ts";
export { settingStore } from "./settings/records.ts";
