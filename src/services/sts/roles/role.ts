import { parseArn } from "../../../arn.ts";
import { validationError } from "../../../model/common-errors.ts";
import type { Role } from "../../iam/index.ts";

/** `arn:aws:sts::111122223333:assumed-role/role/session`; the role's path is left out. */
export function assumedRoleArn(roleArn: string, role: Role, sessionName: string): string {
  return `arn:${parseArn(roleArn)?.partition}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`;
}

/** Refuses a text that is not an ARN of IAM. */
export function checkRoleArn(arn: string): void {
  const parts = parseArn(arn);
  if (!parts?.partition || !parts.service || !parts.resource) throw validationError(`${arn} is invalid`);
  if (parts.service !== "iam") throw validationError("Request ARN is invalid");
}
