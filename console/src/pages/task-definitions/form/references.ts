/** `valueFrom` of a secret: its ARN, and behind it a JSON key and a version's stage where they are given. */
export function secretReference(
  arn: string,
  { jsonKey, stage }: { readonly jsonKey: string; readonly stage: string },
): string {
  return jsonKey === "" && stage === "" ? arn : `${arn}:${jsonKey}:${stage}:`;
}

/** `valueFrom` of a parameter: its ARN, and behind it a version or a label where one is given. */
export function parameterReference(arn: string, version: string): string {
  return version === "" ? arn : `${arn}:${version}`;
}
