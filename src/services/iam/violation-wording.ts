import type { Violation } from "../../model/violations.ts";

const names = ["groupName", "newGroupName", "newUserName", "policyName", "roleName", "userName"];
const namePattern = "[\\w+=,.@-]+";
/** Policies' paths have other patterns, and the usual wording. */
const pathPattern = "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)";
const prefixPattern = "\\u002F[\\u0021-\\u007F]*";

/** AWS's own wording for names and paths that do not have their form; `undefined` for other members. */
export function violationWording({ path: member, pattern }: Violation): string | undefined {
  if (pattern === undefined) return undefined;
  if (names.includes(member) && pattern === namePattern) {
    return `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`;
  }
  if ((member === "path" || member === "newPath") && pattern === pathPattern) return invalidPath(member);
  if (member === "pathPrefix" && [pathPattern, prefixPattern].includes(pattern)) {
    return "The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.";
  }
  return undefined;
}

export function invalidPath(member: "path" | "newPath"): string {
  return `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`;
}
