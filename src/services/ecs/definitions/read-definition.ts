import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Scope } from "../arns.ts";
import { roleArn } from "../role-arn.ts";
import { storedContainer, storedVolume } from "./defaults.ts";
import { requiredAttributes } from "./required-attributes.ts";
import { externalRules } from "./rules/external.ts";
import { fargateRules } from "./rules/fargate.ts";
import { definitionProblem } from "./rules/index.ts";
import type { Candidate } from "./rules/rule.ts";
import { invalidTaskSize } from "./rules/task.ts";
import { units } from "./units.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const mostBytes = 64 * 1024;

/** A task definition as it is registered, with defaults filled in and all rules checked; or AWS's refusal. */
export function readDefinition(
  scope: Scope,
  { tags, ...input }: RegisterTaskDefinitionCommandInput,
): { readonly definition: Candidate } | { readonly problem: string } {
  // Checked before all else, as anyone may send a definition.
  const length = Buffer.byteLength(JSON.stringify(input));
  if (length > mostBytes) return { problem: `Actual length: '${length}'. Max allowed length is '${mostBytes}' bytes.` };
  if (tags?.length === 0) return { problem: "Tags can not be empty." };
  const cpu = units(input.cpu, "cpu");
  if (cpu === null) return { problem: invalidTaskSize("cpu") };
  const memory = units(input.memory, "memory");
  if (memory === null) return { problem: invalidTaskSize("memory") };
  const { cpu: _cpu, memory: _memory, taskRoleArn, executionRoleArn, ...rest } = input;
  const candidate: Candidate = {
    ...rest,
    family: input.family ?? "",
    // A definition without a network mode gets Docker's default, and DescribeTaskDefinition shows none.
    volumes: (input.volumes ?? []).map(storedVolume),
    placementConstraints: input.placementConstraints ?? [],
    containerDefinitions: (input.containerDefinitions ?? []).map((container) =>
      storedContainer(container, input.networkMode),
    ),
    ...defined({ cpu, memory }),
    ...(taskRoleArn && { taskRoleArn: roleArn(scope, taskRoleArn) }),
    ...(executionRoleArn && { executionRoleArn: roleArn(scope, executionRoleArn) }),
  };
  const problem = definitionProblem(candidate);
  if (problem !== undefined) return { problem };
  const definition: Candidate = {
    ...candidate,
    requiresAttributes: requiredAttributes(candidate),
    compatibilities: compatibilities(candidate),
  };
  return { definition };
}

/** Where the definition can run. Managed instances are shown only where they are asked for, as there are none here. */
function compatibilities(candidate: Candidate): Candidate["compatibilities"] {
  return [
    ...(externalRules(candidate) === undefined ? (["EXTERNAL"] as const) : []),
    "EC2",
    ...(fargateRules(candidate) === undefined ? (["FARGATE"] as const) : []),
    ...(candidate.requiresCompatibilities?.includes("MANAGED_INSTANCES") ? (["MANAGED_INSTANCES"] as const) : []),
  ];
}
