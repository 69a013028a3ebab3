export { cloudTrailService } from "./service.ts";
