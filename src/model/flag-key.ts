/**
 * The value of a condition key that shows a member of a request. A request that leaves it out has no such key, whatever its
 * default is, as in AWS's services.
 */
export function flagKey(sent: boolean | undefined): "true" | "false" | undefined {
  return sent === undefined ? undefined : sent ? "true" : "false";
}
