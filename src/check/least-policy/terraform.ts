import { parseArn } from "../../arn.ts";
import type { LeastPolicy } from "./least-policy.ts";
import type { PolicyStatement } from "./statements.ts";

/** The policies as data sources for Terraform's AWS provider. */
export function terraform({ executionPolicy, resourcePolicies }: LeastPolicy, family: string): string {
  // A name in HCL begins with no digit.
  const name = family.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)/, "_");
  const own = executionPolicy.Statement.length === 0 ? [] : [document(`${name}_execution`, executionPolicy.Statement)];
  const others = resourcePolicies.map(({ resource, statement }, index) => {
    const of = parseArn(resource)?.service ?? "resource";
    const comment = `# To be added to the policy of ${resource.replaceAll("\n", " ")}\n`;
    return comment + document(`${name}_${of}_${index + 1}`, [statement]);
  });
  return [...own, ...others].join("\n");
}

function document(name: string, statements: readonly PolicyStatement[]): string {
  return `data "aws_iam_policy_document" "${name}" {\n${statements.map(block).join("\n")}}\n`;
}

function block({ Sid, Principal, Action, Resource, Condition }: PolicyStatement): string {
  const conditions = Object.entries(Condition?.StringEquals ?? {}).map(([variable, values]) => [
    "    condition {",
    '      test     = "StringEquals"',
    `      variable = ${quoted(variable)}`,
    `      values   = ${list(values)}`,
    "    }",
  ]);
  const principal = Principal && [
    "    principals {",
    '      type        = "AWS"',
    `      identifiers = ${list([Principal.AWS])}`,
    "    }",
  ];
  const lines = [
    "  statement {",
    `    sid       = ${quoted(Sid)}`,
    `    actions   = ${list(Action)}`,
    `    resources = ${list(Resource)}`,
    ...(principal ?? []),
    ...conditions.flat(),
    "  }",
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function list(values: readonly string[]): string {
  return `[${values.map(quoted).join(", ")}]`;
}

/** In HCL, `${` and `%{` begin templates. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("${", "$${").replaceAll("%{", "%%{");
}
