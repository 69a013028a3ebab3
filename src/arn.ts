/** The six parts of an Amazon Resource Name. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The parts of `text`, or `undefined` if it is no ARN. */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(":");
  if (parts[0] !== "arn" || parts.length < 6) return undefined;
  const [, partition, service, region, account] = parts as [string, string, string, string, string];
  return { partition, service, region, account, resource: parts.slice(5).join(":") };
}

/** The ARN of a resource in the call's account and region. */
export function regionalArn(
  scope: { readonly partition: string; readonly region: string; readonly account: string },
  service: string,
  resource: string,
): string {
  return `arn:${scope.partition}:${service}:${scope.region}:${scope.account}:${resource}`;
}
