export { locationOf } from "./location.ts";
export type { ParsedFile } from "./parse.ts";
export { readEnvironmentFiles } from "./read.ts";
export { S3Error, s3ErrorText } from "./s3-error.ts";
export { type ObjectSource, s3Source } from "./s3-source.ts";
