import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "../entity.ts";
import { unmodifiable } from "../errors.ts";

/** Only AWS makes roles below this path. */
export const serviceRolePath = "/aws-service-role/";

export function isServiceLinked({ path }: Pick<Role, "path">): boolean {
  return path.startsWith(serviceRolePath);
}

/** The role itself. Refuses a service-linked role, which only its service may change. */
export function modifiable(role: Role): Role {
  if (isServiceLinked(role)) throw unmodifiable(role.name);
  return role;
}

/** A role as its service wants it. */
interface ServiceRoleTemplate {
  readonly name: string;
  /** Name of AWS's managed policy, below its path for service-linked roles. */
  readonly policy: string;
  /** `true` where an account may have several, which differ by a suffix. */
  readonly suffix: boolean;
}

let templates: ReadonlyMap<string, ServiceRoleTemplate> | undefined;

/** By service principal; `service-linked-roles.tsv` says where they come from. Read when the first is asked for. */
export function serviceRoleTemplates(): ReadonlyMap<string, ServiceRoleTemplate> {
  templates ??= new Map(
    readFileSync(join(import.meta.dirname, "service-linked-roles.tsv"), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const [service = "", name = "", policy = "", suffix] = line.split("\t");
        return [service, { name, policy, suffix: suffix === "suffix" }];
      }),
  );
  return templates;
}
