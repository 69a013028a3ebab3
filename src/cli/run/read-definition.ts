import { readFileSync } from "node:fs";
import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { ConfigError } from "../../server/config.ts";
import { typedDefinition } from "../typed-definition.ts";

/** What AWS adds to a definition that was registered. */
const added = [
  ...["taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities"],
  ...["registeredAt", "registeredBy", "deregisteredAt", "deleteRequestedAt"],
];

/**
 * A task definition, as it is given to RegisterTaskDefinition or as DescribeTaskDefinition shows it; `-` stands for the standard
 * input. Throws `ConfigError`.
 */
export function readDefinition(path: string): RegisterTaskDefinitionCommandInput {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path === "-" ? 0 : path, "utf8"));
  } catch (cause) {
    // Without the text of the file, which may hold secrets.
    const why = (cause as NodeJS.ErrnoException).code ?? "it is no JSON";
    throw new ConfigError(`Cannot read the task definition ${path}: ${why}`);
  }
  const { taskDefinition: inner = found }: Record<string, unknown> = Object(found);
  const given: Record<string, unknown> = Object(inner);
  if (!Array.isArray(given.containerDefinitions)) {
    throw new ConfigError(`Cannot run ${path}: it is no task definition, as it has no list containerDefinitions`);
  }
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => !added.includes(name)));
  const { family, ...input } = typedDefinition(own, path);
  return { ...input, family: family || "run" };
}

/** The account that a definition is for: that of the first ARN in it. */
export function accountOf(definition: RegisterTaskDefinitionCommandInput): string | undefined {
  const { executionRoleArn, taskRoleArn, containerDefinitions = [] } = definition;
  const secrets = containerDefinitions.flatMap(({ secrets: own = [] }) => own.map(({ valueFrom }) => valueFrom));
  for (const arn of [executionRoleArn, taskRoleArn, ...secrets]) {
    const [, account] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn ?? "") ?? [];
    if (account !== undefined) return account;
  }
  return undefined;
}
