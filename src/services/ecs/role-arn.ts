import type { Scope } from "./arns.ts";

/** Roles may be given by their names. */
export function roleArn(scope: Scope, role: string): string {
  return role.startsWith("arn:") ? role : `arn:${scope.partition}:iam::${scope.account}:role/${role}`;
}

export function isRoleArn(text: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text);
}
