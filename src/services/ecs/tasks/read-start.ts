import type { RunTaskCommandInput, Tag } from "@aws-sdk/client-ecs";
import { scopeOf } from "../arns.ts";
import type { Cluster } from "../clusters/cluster.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { invalidParameter } from "../errors.ts";
import { checkNewTags, taskTags } from "../tags/tags.ts";
import type { FoundStart } from "./find-start.ts";
import type { LaunchType } from "./launch-type.ts";
import { checkLaunch, requestedNetwork } from "./network-rules.ts";
import type { TaskRequest } from "./new-task.ts";
import { withRoleArns } from "./overrides.ts";
import { readOverrides } from "./read-overrides.ts";

/** What RunTask and StartTask have in common. */
type StartInput = Pick<
  RunTaskCommandInput,
  | "enableECSManagedTags"
  | "enableExecuteCommand"
  | "group"
  | "networkConfiguration"
  | "overrides"
  | "propagateTags"
  | "referenceId"
  | "startedBy"
  | "tags"
  | "volumeConfigurations"
>;

/** Characters. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const longestStartedBy = 128;
const longestGroup = 255;
const longestReference = 1024;

/** The tasks that a request asks for. Throws AWS's refusal of what is malformed, too long, or does not fit the definition. */
export function readStart(
  { definition, cluster }: { readonly definition: TaskDefinition; readonly cluster: Cluster },
  input: StartInput,
  launchType: LaunchType,
): TaskRequest {
  const { group = `family:${definition.family}`, startedBy, referenceId } = input;
  if (group.startsWith("service:") || group.length > longestGroup || group === "") {
    throw invalidParameter("Invalid task group.");
  }
  if (startedBy !== undefined && startedBy.length > longestStartedBy) {
    throw invalidParameter(`startedBy can have at most ${longestStartedBy} characters.`);
  }
  if (startedBy !== undefined && !/^[A-Za-z0-9_/.:@=+ -]*$/.test(startedBy)) {
    throw invalidParameter("startedBy contains invalid characters.");
  }
  if (referenceId !== undefined && referenceId.length > longestReference) {
    throw invalidParameter(`referenceId can have at most ${longestReference} characters.`);
  }
  if (input.propagateTags === "SERVICE") {
    throw invalidParameter("Tags can be propagated from a service to the tasks that the service starts only.");
  }
  if (input.volumeConfigurations?.length) throw invalidParameter("volumeConfigurations is not supported.");
  checkNewTags(input.tags);
  checkLaunch(definition, launchType, input.networkConfiguration);
  return {
    clusterArn: cluster.arn,
    definition,
    launchType,
    overrides: readOverrides(definition, withRoleArns(scopeOf(cluster.arn), input.overrides), launchType),
    networkConfiguration: requestedNetwork(input.networkConfiguration),
    group,
    startedBy,
    referenceId,
    serviceArn: undefined,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    clientToken: undefined,
    requestHash: undefined,
  };
}

/** The tags of such tasks. */
export function startTags({ definition }: FoundStart, cluster: Cluster, input: StartInput): readonly Tag[] {
  const propagated = input.propagateTags === "TASK_DEFINITION" ? definition.tags : [];
  const managed = input.enableECSManagedTags ? { "aws:ecs:clusterName": cluster.name } : {};
  return taskTags(input.tags ?? [], propagated, managed);
}

/** Throws AWS's refusal of a token that is too long or has other characters than printable ASCII. */
export function checkClientToken(token: string | undefined, longest: number): void {
  if (token !== undefined && (token.length > longest || !/^[!-~]*$/.test(token))) {
    throw invalidParameter(`clientToken can have up to ${longest} ASCII characters in the range of 33-126.`);
  }
}
