import { DescribeTaskDefinitionCommand, ECS } from "@aws-sdk/client-ecs";
import { defined } from "../defined.ts";
import { escapeControls } from "../log.ts";
import type { PlaintextFinding } from "../plaintext-secrets/index.ts";
import { ConfigError } from "../server/config.ts";
import type { FindingsHeader } from "../services/ecs/index.ts";
import { connect } from "./connection.ts";
import { allPages } from "./pages.ts";

export interface FindingsFlags {
  readonly data?: string;
  readonly json?: boolean;
}

interface Found extends FindingsHeader {
  readonly taskDefinitionArn: string;
}

/** Prints what looked like a secret in plain text when task definitions were registered. Exit code 1 if there is any. */
export async function findings(asked: readonly string[], { data, json }: FindingsFlags): Promise<void> {
  const { config, reached } = connect(defined({ data }));
  const ecs = new ECS(config);
  const found: Found[] = [];
  for (const name of asked.length > 0 ? asked : await reached(families(ecs))) {
    const definition = await reached(findingsOf(ecs, name));
    if (definition.count > 0) found.push(definition);
  }
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : textOf(found));
  if (found.length > 0) process.exitCode = 1;
}

function families(ecs: ECS): Promise<readonly string[]> {
  return allPages(async (token) => {
    const answer = await ecs.listTaskDefinitionFamilies({ status: "ACTIVE", nextToken: token });
    return { items: answer.families, next: answer.nextToken };
  });
}

/** They are in a header of the answer, which AWS's clients do not show by themselves. */
async function findingsOf(ecs: ECS, taskDefinition: string): Promise<Found> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition });
  let header: string | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      header = (answer.response as { readonly headers: Readonly<Record<string, string>> }).headers[
        "x-sealift-findings"
      ];
      return answer;
    },
    { step: "deserialize" },
  );
  const { taskDefinition: definition } = await ecs.send(command).catch((error: Error) => {
    if (error.name !== "ClientException") throw error;
    throw new ConfigError(`Cannot find the task definition ${taskDefinition}`, { cause: error });
  });
  const { count, findings }: FindingsHeader = header === undefined ? { count: 0, findings: [] } : JSON.parse(header);
  return { taskDefinitionArn: definition?.taskDefinitionArn ?? taskDefinition, count, findings };
}

function textOf(found: readonly Found[]): string {
  if (found.length === 0) return "No task definition has what looks like a secret in plain text.\n";
  const lines = found.flatMap(({ taskDefinitionArn, count, findings }) => [
    taskDefinitionArn,
    ...findings.map(lineOf),
    ...(count > findings.length ? [`  and ${count - findings.length} more`] : []),
  ]);
  return lines.map((line) => `${escapeControls(line)}\n`).join("");
}

function lineOf({ rule, pointer, message }: PlaintextFinding): string {
  return `  ${message}  (${rule}, ${pointer})`;
}
