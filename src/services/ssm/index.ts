export type { Ssm } from "./context.ts";
export { enforcePolicies } from "./parameter-notices.ts";
export { parameterStore } from "./parameters.ts";
export { ssmService } from "./service.ts";
export { settingStore } from "./service-settings.ts";
