/** Writes docs/coverage.md from the services' lists of operations; with --check it only says whether that is current. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operations as cloudTrail } from "../src/services/cloudtrail/operations.ts";
import { operations as ecs } from "../src/services/ecs/operations.ts";
import { operations as iam } from "../src/services/iam/operations.ts";
import { operations as kms } from "../src/services/kms/operations.ts";
import { operations as organizations } from "../src/services/organizations/operations.ts";
import { operations as secretsManager } from "../src/services/secrets-manager/operations.ts";
import { operations as ssm } from "../src/services/ssm/operations.ts";
import { operations as sts } from "../src/services/sts/operations.ts";

const file = join(import.meta.dirname, "../docs/coverage.md");

const services: readonly (readonly [
  title: string,
  operations: readonly { readonly name: string }[],
  client: string,
])[] = [
  ["Systems Manager Parameter Store", ssm, "@aws-sdk/client-ssm"],
  ["Secrets Manager", secretsManager, "@aws-sdk/client-secrets-manager"],
  ["Key Management Service", kms, "@aws-sdk/client-kms"],
  ["Identity and Access Management", iam, "@aws-sdk/client-iam"],
  ["Security Token Service", sts, "@aws-sdk/client-sts"],
  ["Elastic Container Service", ecs, "@aws-sdk/client-ecs"],
  ["Organizations", organizations, "@aws-sdk/client-organizations"],
  ["CloudTrail", cloudTrail, "@aws-sdk/client-cloudtrail"],
];

async function page(): Promise<string> {
  const lines = [
    "# Coverage",
    "",
    "Which operations answer, written by `npm run coverage` from the services' own lists. An operation of AWS that is not",
    "listed answers with the API's own error for an unknown operation, saying that it is not implemented.",
    "What answers otherwise than AWS stands in [divergences.md](divergences.md).",
  ];
  for (const [title, operations, client] of services) {
    const names = operations.map(({ name }) => name).sort();
    const all = Object.keys((await import(client)) as object).filter((name) => /^[A-Z]\w+Command$/.test(name)).length;
    lines.push("", `## ${title}`, "", `${names.length} of the ${all} operations of \`${client}\`.`, "");
    lines.push(...names.map((name) => `- ${name}`));
  }
  return `${lines.join("\n")}\n`;
}

const wanted = await page();
if (!process.argv.includes("--check")) writeFileSync(file, wanted);
else if (readFileSync(file, "utf8") !== wanted) {
  console.error("docs/coverage.md is not current: run npm run coverage");
  process.exitCode = 1;
}
