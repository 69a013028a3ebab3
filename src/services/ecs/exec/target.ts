import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { lazySdk } from "../../../model/lazy-sdk.ts";
import type { Cluster } from "../clusters/cluster.ts";
import { invalidParameter } from "../errors.ts";
import type { Instance } from "../instances/instance.ts";
import type { Task, TaskContainer } from "../tasks/task.ts";
import type { ExecSession } from "./session.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-ecs")>("@aws-sdk/client-ecs");

/** Agents that open sessions have this attribute. AWS's own agent needs AWS's Systems Manager for it. */
export const execAttribute = "sealift.execute-command";

/** Agents that read the output of containers have this attribute. */
export const logsAttribute = "sealift.logs";

/** The container that a request means; throws AWS's refusal where there is none in which a command could run. */
export function targetContainer(task: Task, name: string | undefined): TaskContainer {
  if (task.lastStatus === "STOPPED") throw invalidParameter("The specified task is not running.");
  const { containers } = task;
  if (name === undefined && containers.length > 1) {
    throw invalidParameter("Container name is required when there are multiple containers in the task.");
  }
  const container = name === undefined ? containers[0] : containers.find((one) => one.name === name);
  if (!container) throw invalidParameter(`The container ${name} was not found in the task.`);
  if (!task.enableExecuteCommand || container.executeCommandAgent?.lastStatus !== "RUNNING") throw notEnabled();
  if (container.lastStatus !== "RUNNING") throw invalidParameter(`The container ${container.name} is not running.`);
  return container;
}

const notEnabled = () =>
  invalidParameter(
    "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.",
  );

/** Throws AWS's refusal where the instance's agent cannot be reached, or opens no sessions. */
export function refuseUnconnected(instance: Instance | undefined): void {
  const isAble = instance?.attributes.some(({ name }) => name === execAttribute);
  if (isAble && instance?.sessionId !== undefined) return;
  throw new ApiError(
    sdk().TargetNotConnectedException$,
    "The execute command failed due to an internal error. Try again later.",
  );
}

/** Throws where the instance's agent cannot be reached, or reads no output. */
export function refuseUnread(instance: Instance | undefined): void {
  const isAble = instance?.attributes.some(({ name }) => name === logsAttribute);
  if (isAble && instance?.sessionId !== undefined) return;
  const why = isAble ? "is not connected" : "does not read the output of containers";
  throw new ApiError(sdk().TargetNotConnectedException$, `The agent of the container's machine ${why}.`);
}

/** What the cluster wants of its sessions; throws where that is not there. */
export function wantedOf({ configuration }: Cluster): Pick<ExecSession, "kmsKeyId" | "record"> {
  const { kmsKeyId, logging, logConfiguration = {} } = configuration?.executeCommandConfiguration ?? {};
  const { cloudWatchLogGroupName, cloudWatchEncryptionEnabled = false, s3BucketName } = logConfiguration;
  if (logging !== "OVERRIDE") return defined({ kmsKeyId });
  if (s3BucketName !== undefined) {
    throw invalidParameter("The cluster's executeCommandConfiguration has s3BucketName, which is not supported.");
  }
  if (cloudWatchLogGroupName === undefined) return defined({ kmsKeyId });
  const record = { logGroupName: cloudWatchLogGroupName, mustBeEncrypted: cloudWatchEncryptionEnabled };
  return { ...defined({ kmsKeyId }), record };
}
