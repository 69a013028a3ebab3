import type { PayloadTask, RoleCredentials, RoleCredentialsMessage } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";

export type RoleType = RoleCredentialsMessage["roleType"];

/**
 * The sessions of tasks' roles that the control plane has sent. They are in memory only: after a restart the control plane
 * sends them again with each task.
 */
export interface Credentials {
  /** Takes the sessions of both roles that came with a task; a role without one has none. */
  take(task: Pick<PayloadTask, "arn" | "roleCredentials" | "executionRoleCredentials">): void;
  /** Replaces one session before it expires. */
  refresh(arn: string, roleType: RoleType, credentials: RoleCredentials): void;
  /** The session, if it is here and has not expired. */
  find(arn: string, roleType: RoleType): RoleCredentials | undefined;
  /**
   * The session, as soon as the control plane has sent the task; `undefined` if it came without. Rejects when `signal` is aborted.
   */
  wait(arn: string, roleType: RoleType, signal: AbortSignal): Promise<RoleCredentials | undefined>;
  /** Forgets one session, or all that is known of the task. */
  forget(arn: string, roleType?: RoleType): void;
}

export function credentialsMemory(clock: Clock): Credentials {
  /** By task; a role type without a session is there as `undefined` once the task has come. */
  const known = new Map<string, Map<RoleType, RoleCredentials | undefined>>();
  const waiting = new Set<() => void>();

  function set(arn: string, roleType: RoleType, credentials: RoleCredentials | undefined): void {
    const roles = known.get(arn) ?? new Map<RoleType, RoleCredentials | undefined>();
    known.set(arn, roles.set(roleType, credentials));
    for (const look of [...waiting]) look();
  }

  function isValid({ expiration }: RoleCredentials): boolean {
    // One that cannot be read is taken for valid: the service that the session is used for knows better.
    return !(Date.parse(expiration) <= clock.now().getTime());
  }

  function find(arn: string, roleType: RoleType): RoleCredentials | undefined {
    const credentials = known.get(arn)?.get(roleType);
    return credentials && isValid(credentials) ? credentials : undefined;
  }

  return {
    take({ arn, roleCredentials, executionRoleCredentials }) {
      set(arn, "TaskApplication", roleCredentials);
      set(arn, "TaskExecution", executionRoleCredentials);
    },
    refresh: set,
    find,
    wait(arn, roleType, signal) {
      return new Promise((resolve, reject) => {
        const end = () => {
          waiting.delete(look);
          signal.removeEventListener("abort", abort);
        };
        const look = () => {
          const roles = known.get(arn);
          if (!roles?.has(roleType)) return;
          end();
          resolve(roles.get(roleType));
        };
        const abort = () => {
          end();
          reject(new Error("nobody waits for the credentials any more"));
        };
        if (signal.aborted) return abort();
        waiting.add(look);
        signal.addEventListener("abort", abort);
        look();
      });
    },
    forget(arn, roleType) {
      if (roleType === undefined) known.delete(arn);
      else known.get(arn)?.delete(roleType);
    },
  };
}
