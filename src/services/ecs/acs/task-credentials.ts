import type { RoleCredentials } from "../../../acs/protocol.ts";
import { defined } from "../../../defined.ts";
import { lastPart, scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { roles } from "../tasks/overrides.ts";
import type { Task } from "../tasks/task.ts";

export interface HeldCredentials {
  readonly task?: RoleCredentials;
  readonly execution?: RoleCredentials;
  /** When the agent is to get new ones, before the first of them expires. */
  readonly refreshAt?: number;
}

type Roles = ReturnType<typeof roles>;

interface Assumed {
  readonly credentials?: RoleCredentials;
  readonly refreshAt?: number;
  /** The task's stopped reason, where the role may not be assumed. */
  readonly denied?: string;
}

/** Longest time before their expiry at which credentials are replaced, in milliseconds. */
const refreshBefore = 15 * 60_000;

/** New sessions of a task's roles, and the task's stopped reason where one is denied. They are never stored. */
export async function taskCredentials(
  { assumeRole, clock }: Pick<Ecs, "assumeRole" | "clock">,
  task: Task,
  definition: TaskDefinition,
  wanted: Roles = roles(task, definition),
): Promise<HeldCredentials & { readonly denied?: string }> {
  const { account } = scopeOf(task.arn);
  const now = clock.now().getTime();
  async function assume(kind: "task" | "execution"): Promise<Assumed> {
    const roleArn = wanted[kind];
    if (roleArn === undefined) return {};
    const outcome = await assumeRole({
      roleArn,
      sessionName: lastPart(task.arn),
      conditions: { "aws:SourceAccount": account, "aws:SourceArn": task.arn },
    });
    if ("denied" in outcome) return { denied: assumptionDenied(roleArn) };
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = outcome.credentials;
    const credentials: RoleCredentials = {
      credentialsId: task.credentialIds[kind],
      roleArn,
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration: expiration.toISOString(),
    };
    const lifetime = expiration.getTime() - now;
    return { credentials, refreshAt: expiration.getTime() - Math.min(refreshBefore, lifetime / 2) };
  }
  const [execution, application] = await Promise.all([assume("execution"), assume("task")]);
  const times = [execution.refreshAt, application.refreshAt].filter((time) => time !== undefined);
  return defined({
    denied: execution.denied ?? application.denied,
    execution: execution.credentials,
    task: application.credentials,
    refreshAt: times.length > 0 ? Math.min(...times) : undefined,
  });
}

/** The stopped reason of a task one of whose roles ECS may not assume. */
export function assumptionDenied(roleArn: string): string {
  return `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`;
}
