import type { Violation } from "../../model/violations.ts";

/** Amazon ECR's own wording for what does not match a pattern; `undefined` for other violations. */
export function violationWording({ path, pattern }: Violation): string | undefined {
  if (pattern === undefined) return undefined;
  return `Invalid parameter at '${path}' failed to satisfy constraint: 'must satisfy regular expression '${pattern}''`;
}
