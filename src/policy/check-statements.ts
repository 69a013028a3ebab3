import { MalformedPolicy, malformed, type PolicyKind } from "./malformed-policy.ts";
import type { Statement } from "./policy.ts";

/** Checks the content of well-formed statements, in AWS's order. Throws `MalformedPolicy`. */
export function checkStatements(statements: readonly Statement[], kind: PolicyKind): void {
  checkSids(statements, kind);
  for (const { action, notAction } of statements) {
    if (!(action ?? notAction)?.length) throw malformed(kind, "missingAction");
  }
  for (const statement of statements) checkResources(statement, kind);
  for (const { action = [], notAction = [] } of statements) {
    for (const name of [...action, ...notAction]) checkAction(name, kind);
  }
}

function checkSids(statements: readonly Statement[], kind: PolicyKind): void {
  const sids = statements.map(({ sid }) => sid).filter((sid) => sid !== undefined);
  if (new Set(sids).size < sids.length) throw malformed(kind, "repeatedSid");
  if ((kind === "identity" || kind === "session") && !sids.every((sid) => /^[0-9A-Za-z]*$/.test(sid))) {
    throw new MalformedPolicy(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
}

function checkResources({ resource, notResource }: Statement, kind: PolicyKind): void {
  const resources = resource ?? notResource;
  if (kind === "trust") {
    if (resource !== undefined) throw new MalformedPolicy("Has prohibited field Resource");
    if (notResource !== undefined) throw new MalformedPolicy("AssumeRole policy must not contain resources.");
    return;
  }
  if (!resources?.length) throw malformed(kind, "missingResource");
  for (const name of resources) {
    const fault = resourceFault(name);
    if (fault !== undefined) throw new MalformedPolicy(kind === "resource" ? "Policy has invalid resource" : fault);
  }
}

function resourceFault(resource: string): string | undefined {
  if (resource === "*") return undefined;
  const [scheme, partition, service, ...rest] = resource.split(":");
  if (scheme !== "arn" || partition === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  if (!/^(aws[a-z*?-]*|\*)$/.test(partition)) {
    const [region = "*", account = "*", ...name] = rest;
    const shown = [partition, service || "*", region, account, name.length === 0 ? "*" : name.join(":")].join(":");
    return `Partition "${partition}" is not valid for resource "arn:${shown}".`;
  }
  if (rest.length === 0 || service === "" || /[*?]/.test(service ?? "")) {
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  }
  return undefined;
}

function checkAction(action: string, kind: PolicyKind): void {
  if (kind === "trust") {
    if (action.slice(0, 4).toLowerCase() === "sts:") return;
    throw new MalformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.");
  }
  if (action === "*") return;
  const [vendor = "", name, ...more] = action.split(":");
  if (name === undefined) {
    throw new MalformedPolicy("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  if (more.length > 0) throw new MalformedPolicy("Actions/Condition can contain only one colon.");
  if (vendor !== "*" && !/^[a-zA-Z0-9.-]+$/.test(vendor)) {
    throw new MalformedPolicy(`Vendor ${vendor} is not valid`);
  }
}
