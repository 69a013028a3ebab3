import { parseArn } from "../../../arn.ts";
import type { CurrentVersion } from "./references.ts";

/** `secret db-a1B2c3 (version …)`, `parameter /db/password (version 4)` */
export function described({ arn, version }: CurrentVersion): string {
  const { resource = arn } = parseArn(arn) ?? {};
  const name = resource
    .replace(/^secret:/, "")
    .replace(/^parameter\/?(?=[^/]*$)/, "")
    .replace(/^parameter\//, "/");
  return `${resource.startsWith("secret:") ? "secret" : "parameter"} ${name} (version ${version})`;
}

/** Which secrets count by a value of the tag: `all`, or names and ARNs, parted by spaces: the values of tags have no commas. */
export function wanted(value: string): (arn: string) => boolean {
  const names = value.split(/\s+/).filter((name) => name !== "");
  if (names.includes("all")) return () => true;
  return (arn) => names.some((name) => isNamed(arn, name));
}

/** Whether a name or an ARN means the secret or parameter of this ARN. */
export function isNamed(arn: string, name: string): boolean {
  if (name.startsWith("arn:")) return arn === name || arn.replace(/-[A-Za-z0-9]{6}$/, "") === name;
  const { resource = "" } = parseArn(arn) ?? {};
  if (resource.startsWith("secret:")) {
    const own = resource.slice("secret:".length);
    return own === name || own.replace(/-[A-Za-z0-9]{6}$/, "") === name;
  }
  return resource === `parameter/${name.replace(/^\//, "")}`;
}
