import { isInstant } from "./instant.ts";
import { MalformedPolicy, malformed, namesPrincipals, type PolicyKind } from "./malformed-policy.ts";
import type { Statement } from "./policy.ts";
import { failsLegacyParsing, resourceFault } from "./resource-fault.ts";

/**
 * Checks the content of well-formed statements, in AWS's order, which differs between its two parsers. Throws
 * `MalformedPolicy`.
 */
export function checkStatements(statements: readonly Statement[], kind: PolicyKind): void {
  if (!statements.every(hasDates)) throw legacyFault();
  if (namesPrincipals(kind)) {
    checkSids(statements, kind);
    for (const statement of statements) checkActionsExist(statement, kind);
    for (const statement of statements) checkResourcesOf(statement, kind);
    for (const statement of statements) checkActionNames(statement, kind);
    return;
  }
  const fault = resourceFaultIn(statements);
  checkSids(statements, kind);
  for (const statement of statements) checkActionsExist(statement, kind);
  if (fault !== undefined) throw new MalformedPolicy(fault);
  for (const statement of statements) checkActionNames(statement, kind);
  for (const statement of statements) {
    if (resourcesOf(statement).length === 0) throw malformed(kind, "missingResource");
  }
}

/** What AWS's older parser, which its first one hands a policy on to, does not understand. */
export function legacyFault(): MalformedPolicy {
  return new MalformedPolicy("The policy failed legacy parsing");
}

function hasDates({ conditions }: Statement): boolean {
  return conditions.every(({ operator, values }) => !operator.startsWith("Date") || values.every(isInstant));
}

/** The first fault of a resource. What the older parser does not understand is refused at once, unless a fault came before it. */
function resourceFaultIn(statements: readonly Statement[]): string | undefined {
  for (const statement of statements) {
    const resources = resourcesOf(statement);
    const fault = resources.map(resourceFault).find((fault) => fault !== undefined);
    if (fault !== undefined) return fault;
    if (resources.some(failsLegacyParsing)) throw legacyFault();
  }
  return undefined;
}

function resourcesOf({ resource, notResource }: Statement): readonly string[] {
  return resource ?? notResource ?? [];
}

function checkSids(statements: readonly Statement[], kind: PolicyKind): void {
  const sids = statements.map(({ sid }) => sid).filter((sid) => sid !== undefined);
  if (new Set(sids).size < sids.length) throw malformed(kind, "repeatedSid");
  if (!namesPrincipals(kind) && !sids.every((sid) => /^[0-9A-Za-z]*$/.test(sid))) {
    throw new MalformedPolicy(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
}

function checkActionsExist({ action, notAction }: Statement, kind: PolicyKind): void {
  if (!(action ?? notAction)?.length) throw malformed(kind, "missingAction");
}

/** Of policies with principals. */
function checkResourcesOf(statement: Statement, kind: PolicyKind): void {
  if (kind === "trust") {
    if (statement.resource !== undefined) throw new MalformedPolicy("Has prohibited field Resource");
    if (statement.notResource !== undefined) throw new MalformedPolicy("AssumeRole policy must not contain resources.");
    return;
  }
  const resources = resourcesOf(statement);
  if (resources.length === 0) throw malformed(kind, "missingResource");
  if (resources.some((name) => faultOfForm(name))) throw new MalformedPolicy("Policy has invalid resource");
}

/** A resource's own policy names what it likes of other services, as long as it is an ARN with a service. */
function faultOfForm(resource: string): boolean {
  return !/^(\*|arn:(aws[a-z*?-]*|\*):[^:*?]+:.*)$/s.test(resource);
}

function checkActionNames({ action = [], notAction = [] }: Statement, kind: PolicyKind): void {
  for (const name of [...action, ...notAction]) checkAction(name, kind);
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
