/** Writes docs/coverage.md from the services' lists of operations; with --check it only says whether that is current. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../src/aws/service.ts";
import { ecsService } from "../src/services/ecs/index.ts";
import { iamService } from "../src/services/iam/index.ts";
import { kmsService } from "../src/services/kms/index.ts";
import { secretsManagerService } from "../src/services/secrets-manager/index.ts";
import { ssmService } from "../src/services/ssm/index.ts";
import { stsService } from "../src/services/sts/index.ts";

const file = join(import.meta.dirname, "../docs/coverage.md");

// An operation is listed without its context being used.
const none = {} as never;
const services: readonly (readonly [title: string, service: Service, client: string])[] = [
  ["Systems Manager Parameter Store", ssmService(none), "@aws-sdk/client-ssm"],
  ["Secrets Manager", secretsManagerService(none), "@aws-sdk/client-secrets-manager"],
  ["Key Management Service", kmsService(none), "@aws-sdk/client-kms"],
  ["Identity and Access Management", iamService(none), "@aws-sdk/client-iam"],
  ["Security Token Service", stsService(none), "@aws-sdk/client-sts"],
  ["Elastic Container Service", ecsService(none), "@aws-sdk/client-ecs"],
];

async function page(): Promise<string> {
  const lines = [
    "# Coverage",
    "",
    "Which operations answer, written by `npm run coverage` from the services' own lists. An operation of AWS that is not",
    "listed answers with the API's own error for an unknown operation, saying that it is not implemented.",
    "What answers otherwise than AWS stands in [divergences.md](divergences.md).",
  ];
  for (const [title, service, client] of services) {
    const names = [...service.operationNames].sort();
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
