import { defined } from "../../../defined.ts";
import type { RoleType } from "../../engine/credentials.ts";
import { isStopped } from "../../engine/status.ts";
import type { AgentTask } from "../../engine/task.ts";
import { type Answer, json, type MetadataRequest } from "../answer.ts";
import type { Metadata } from "../metadata.ts";

/**
 * The session of a task's role, or for a log driver that of its execution role or of the container instance. `version` is that of
 * the path.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function credentials(
  metadata: Metadata,
  version: 1 | 2,
  id: string,
  { from }: Pick<MetadataRequest, "from">,
): Promise<Answer> {
  const refuse = (status: number, code: string, message: string) =>
    json(status, { code, message: `CredentialsV${version}Request: ${message}`, HTTPErrorCode: status });
  if (id === "") return refuse(400, "NoIdInRequest", "No Credential ID in the request");
  if (id === metadata.instance.id && metadata.callers.mayBeMachine(from)) return instanceSession(metadata);
  const found = find(metadata.tasks(), id);
  if (!found || !(await mayAsk(metadata, found, from))) {
    return refuse(400, "InvalidIdInRequest", "Credentials not found");
  }
  const session = metadata.credentials(found.task.arn, found.roleType);
  // The control plane sends them with the task after each restart, and new ones before they expire.
  if (!session) return refuse(503, "CredentialsUninitialized", "Credentials uninitialized for ID");
  return json(200, {
    RoleArn: session.roleArn,
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: session.expiration,
  });
}

/** As AWS's instance metadata service gives it to log drivers there. */
async function instanceSession({ instance }: Metadata): Promise<Answer> {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = await instance.credentials();
  return json(200, {
    RoleArn: "",
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    ...defined({ Token: sessionToken, Expiration: expiration?.toISOString() }),
  });
}

interface FoundRole {
  readonly task: AgentTask;
  readonly roleType: RoleType;
}

/** A stopped task's roles are gone. */
function find(tasks: readonly AgentTask[], id: string): FoundRole | undefined {
  for (const task of tasks) {
    if (isStopped(task)) continue;
    if (task.credentialsIds?.task === id) return { task, roleType: "TaskApplication" };
    if (task.credentialsIds?.execution === id) return { task, roleType: "TaskExecution" };
  }
  return undefined;
}

/** No container may have the execution role's session; log drivers are part of the engine. */
async function mayAsk({ callers, log }: Metadata, { task, roleType }: FoundRole, from: string): Promise<boolean> {
  const may = roleType === "TaskExecution" ? callers.mayBeMachine(from) : await callers.mayBe(task, from);
  if (!may) log.warn({ task: task.arn, from }, "A program that is not of the task asked for its credentials");
  return may;
}
