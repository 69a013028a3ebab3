import { parseArn } from "../../arn.ts";
import type { AccessDecision } from "../../model/call.ts";
import type { Trace } from "../../policy/index.ts";
import { someTask } from "../facts/tools.ts";
import type { Found, Mend, MendStatement } from "../finding.ts";

const tasks = new RegExp(`(${someTask})+`, "g");

const kinds: Readonly<Record<AccessDecision["by"], string>> = {
  root: "policy",
  identity: "policy of the role",
  resource: "resource's policy",
  grant: "grant",
  session: "session policy",
  boundary: "permissions boundary",
};

/** What a denial says, and the statements that would end it. `role` is the role's ARN. */
export function denialFound(pointer: string, denied: AccessDecision, role: string, aws: string): Found {
  const { action, effect, by, statement } = denied;
  const resource = denied.resource.replace(tasks, "*");
  const name = parseArn(role)?.resource.split("/").at(-1) ?? role;
  const why =
    effect === "explicit-deny"
      ? `statement ${(statement?.index ?? 0) + 1} of the ${kinds[by]} '${statement?.policy}' denies it`
      : by === "resource"
        ? `${policyOf(action, resource)} does not allow it`
        : `no ${kinds[by]} allows it`;
  return {
    pointer,
    message: `The execution role ${name} may not call ${action} on ${resource}: ${why}.`,
    aws,
    mend: mendOf(denied, resource, name),
  };
}

function mendOf({ action, effect, statement, trace }: AccessDecision, resource: string, role: string): Mend {
  const missing = (trace?.() as Trace | undefined)?.missing ?? [];
  const statements = missing.map(({ kind, statement: found }): MendStatement => {
    const Resource = found.Resource?.replace(tasks, "*");
    const addTo =
      kind === "identity"
        ? `a policy of the role ${role}`
        : kind === "boundary"
          ? `the permissions boundary of the role ${role}`
          : policyOf(action, resource);
    return { addTo, statement: { ...found, ...(Resource !== undefined && { Resource }) } };
  });
  if (effect === "explicit-deny") {
    const where = `statement ${(statement?.index ?? 0) + 1} of '${statement?.policy}'`;
    return { text: `Exempt the role from the Deny in ${where}.`, ...(statements.length > 0 && { statements }) };
  }
  const [only] = statements;
  const isInline = statements.length === 1 && only?.addTo.startsWith("a policy of");
  return {
    text: `Add to ${statements.map(({ addTo }) => addTo).join(", and to ")}:`,
    statements,
    ...(isInline && { command: putRolePolicy(role, `allow-${action.replace(":", "-")}`, [only?.statement ?? {}]) }),
  };
}

/** The command that gives a role an inline policy of the statements. */
function putRolePolicy(role: string, name: string, statements: readonly object[]): string {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return `aws iam put-role-policy --role-name ${role} --policy-name ${name} --policy-document '${document}'`;
}

function policyOf(action: string, resource: string): string {
  const [service] = action.split(":");
  const kind = { kms: "key policy", secretsmanager: "resource policy", ecr: "repository policy" }[service ?? ""];
  return `the ${kind ?? "policy"} of ${resource}`;
}
