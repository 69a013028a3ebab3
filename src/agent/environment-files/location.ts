import { posix } from "node:path";

/** An object of Amazon S3. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** Takes `arn:aws:s3:::bucket/key` apart, or says why not, in the words of AWS's agent. */
export function locationOf(arn: string): ObjectLocation | { readonly error: string } {
  const [, , bucket, key] = /arn:([^:]+):s3:::([^/]+)\/(.+)/.exec(arn) ?? [];
  if (bucket === undefined || key === undefined) {
    const error = `invalid s3 arn: ${arn}`;
    return { error: `unable to parse bucket and key from s3 ARN specified in environmentFile ${arn}, error: ${error}` };
  }
  if (isEscape(`${bucket}/${key}`)) {
    const error = `invalid path: bucket ${JSON.stringify(bucket)} key ${JSON.stringify(key)} escapes envfile resource directory`;
    return { error: `unable to initialize envfile resource directory, error: ${error}` };
  }
  return { bucket, key };
}

/** AWS's agent keeps the files below a directory. Here there is none, but what is refused there is refused here. */
function isEscape(path: string): boolean {
  return /^\.\.(\/|$)/.test(posix.normalize(path));
}
