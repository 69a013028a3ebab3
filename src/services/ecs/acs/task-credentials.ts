import type { RoleCredentials } from "../../../acs/protocol.ts";
import { lastPart, scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { Task, TaskDefinition } from "../model.ts";
import { roles } from "./payload.ts";

export interface HeldCredentials {
  readonly task?: RoleCredentials;
  readonly execution?: RoleCredentials;
  /** When the agent is to get others; before the first of them expires. */
  readonly refreshAt?: number;
}

interface Assumed {
  readonly credentials: RoleCredentials;
  readonly refreshAt: number;
}

/** Longest time before their expiry at which credentials are replaced, in milliseconds. */
const refreshBefore = 15 * 60_000;

/** New sessions of a task's roles, and of one that is denied why, as a task's stopped reason. They are never stored. */
export async function taskCredentials(
  { assumeRole, clock }: Pick<Ecs, "assumeRole" | "clock">,
  task: Task,
  definition: TaskDefinition,
): Promise<HeldCredentials & { readonly denied?: string }> {
  const { account } = scopeOf(task.arn);
  const wanted = roles(task, definition);
  const now = clock.now().getTime();
  async function assume(kind: "task" | "execution"): Promise<Assumed | { readonly denied: string } | undefined> {
    const roleArn = wanted[kind];
    if (roleArn === undefined) return undefined;
    const outcome = await assumeRole({
      roleArn,
      sessionName: lastPart(task.arn),
      conditions: { "aws:SourceAccount": account, "aws:SourceArn": task.arn },
    });
    if ("denied" in outcome) return { denied: denial(roleArn) };
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
  const times = [execution, application].flatMap((outcome) =>
    outcome && "credentials" in outcome ? [outcome.refreshAt] : [],
  );
  const denied = [execution, application].find((outcome) => outcome && "denied" in outcome);
  return {
    ...(denied && "denied" in denied && { denied: denied.denied }),
    ...(execution && "credentials" in execution && { execution: execution.credentials }),
    ...(application && "credentials" in application && { task: application.credentials }),
    ...(times.length > 0 && { refreshAt: Math.min(...times) }),
  };
}

function denial(roleArn: string): string {
  return `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`;
}
