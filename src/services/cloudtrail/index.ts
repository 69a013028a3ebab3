export type { CloudTrail } from "./context.ts";
export { cloudTrailService } from "./service.ts";
