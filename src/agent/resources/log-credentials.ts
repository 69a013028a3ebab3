import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { containersThat, isUncreated } from "./needed.ts";
import type { Resource } from "./resource.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** The id of the execution role's session, `undefined` if the task has none. Whoever knows it may ask for the session. */
interface LogCredentials {
  readonly id: string | undefined;
}

/** Has a log driver ask the credentials endpoint for the execution role's session (`awslogs`). */
export const logCredentials: Resource<LogCredentials> = {
  kind: "log-credentials",
  after: [],
  keeps: "memory",
  needed: (task) => containersThat(task, isUncreated).some((name) => logsAsExecutionRole(task, name)),

  async make({ signal, executionCredentials }) {
    const session = await unlessAborted(signal, executionCredentials());
    return { id: session?.credentialsId };
  },

  apply(container, task, name, data) {
    if (!logsAsExecutionRole(task, name)) return container;
    if (!data?.id) throw new RuntimeError("HostConfigError", "No execution credentials set for the task");
    const { driver, options = {} } = container.log ?? {};
    // Without a driver the Engine's own would be given an option that it does not know.
    if (driver === undefined) return container;
    return {
      ...container,
      log: { driver, options: { ...options, "awslogs-credentials-endpoint": `/v2/credentials/${data.id}` } },
    };
  },

  /** The driver asks again whenever its session is about to expire. */
  keepsSession: (task) =>
    task.containers.some(({ name, attempt }) => attempt.status !== "stopped" && logsAsExecutionRole(task, name)),

  hides: (task, name, data) => (logsAsExecutionRole(task, name) ? data && (data.id ? [data.id] : []) : []),
};

function logsAsExecutionRole(task: AgentTask, name: string): boolean {
  return payloadOf(task, name).logsAuthStrategy === "ExecutionRole";
}
