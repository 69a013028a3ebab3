export { locationOf } from "./location.ts";
export type { ParsedFile } from "./parse.ts";
export { readEnvironmentFiles } from "./read.ts";
export { type ObjectSource, s3Source } from "./s3-source.ts";
