export { SealiftContainer } from "./container.ts";
export { type InProcessOptions, Sealift } from "./in-process.ts";
export type { SealiftOptions, StartedSealift } from "./started.ts";
