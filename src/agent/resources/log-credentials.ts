import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type LogConfig, logConfigOf } from "../engine/log-config.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { containersThat, isUncreated } from "./needed.ts";
import type { AwslogsDelivery, Resource } from "./resource.ts";
import { unlessAborted } from "./unless-aborted.ts";

interface LogCredentials {
  /** The id of the execution role's session, `undefined` if the task has none. Whoever knows it may ask for the session. */
  readonly id: string | undefined;
  readonly awslogs: AwslogsDelivery | undefined;
}

/**
 * Tells the log driver `awslogs` where CloudWatch Logs is, and has it ask the task endpoint for the execution role's session; for
 * a task without one, for the container instance's.
 * https://docs.docker.com/engine/logging/drivers/awslogs/
 */
export const logCredentials: Resource<LogCredentials> = {
  kind: "log-credentials",
  after: [],
  keeps: "memory",
  needed: (task) => containersThat(task, isUncreated).some((name) => asksForSession(task, name)),

  async make({ signal, executionCredentials, awslogs }) {
    const session = await unlessAborted(signal, executionCredentials());
    return { id: session?.credentialsId, awslogs };
  },

  apply(container, task, name, data) {
    if (logsAsExecutionRole(task, name) && !data?.id) {
      throw new RuntimeError("HostConfigError", "No execution credentials set for the task");
    }
    const { driver, options = {} } = container.log ?? {};
    // Without a driver the Engine's own would be given an option that it does not know.
    if (driver === undefined || !data) return container;
    if (isAwslogs(task, name) && data.awslogs?.isShipped) return { ...container, log: keptFor(options) };
    const id = idFor(task, name, data);
    const { credentialsOrigin = "" } = data.awslogs ?? {};
    const endpoint = endpointFor(task, name, data);
    return {
      ...container,
      log: {
        driver,
        options: {
          ...options,
          ...(isAwslogs(task, name) && endpoint !== undefined && { "awslogs-endpoint": endpoint }),
          ...(id !== undefined && { "awslogs-credentials-endpoint": `${credentialsOrigin}/v2/credentials/${id}` }),
        },
      },
    };
  },

  /** The driver asks again whenever its session is about to expire. */
  keepsSession: (task) =>
    task.containers.some(({ name, attempt }) => attempt.status !== "stopped" && logsAsExecutionRole(task, name)),

  hides(task, name, data) {
    if (!asksForSession(task, name)) return [];
    return data && [data.id, data.awslogs?.instanceId].flatMap((id) => (id ? [id] : []));
  },
};

/**
 * The runtime keeps the output until the agent has delivered it. Where the driver would block, so much of it that it is hardly ever
 * lost; else as much as the driver would keep.
 */
function keptFor(options: Readonly<Record<string, string>>): LogConfig {
  if (options.mode !== "non-blocking") return { driver: "json-file", options: { "max-size": "100m", "max-file": "5" } };
  return { driver: "json-file", options: { "max-size": options["max-buffer-size"] ?? "1m", "max-file": "2" } };
}

/** The session that the container's log driver is to use; `undefined` leaves it to the engine's own credentials. */
function idFor(task: AgentTask, name: string, { id, awslogs }: LogCredentials): string | undefined {
  if (awslogs?.ownCredentials) return undefined;
  return logsAsExecutionRole(task, name) ? id : isAwslogs(task, name) ? awslogs?.instanceId : undefined;
}

/** What may show secret values goes through the agent. The address is as good as the session, and nobody else's to know. */
function endpointFor(task: AgentTask, name: string, { id, awslogs }: LogCredentials): string | undefined {
  const mayShow = "secrets" in task.resources;
  if (!mayShow || !id || !awslogs?.searched || !logsAsExecutionRole(task, name)) return awslogs?.endpoint;
  return `${awslogs.searched}/${id}`;
}

function asksForSession(task: AgentTask, name: string): boolean {
  return logsAsExecutionRole(task, name) || isAwslogs(task, name);
}

function logsAsExecutionRole(task: AgentTask, name: string): boolean {
  return payloadOf(task, name).logsAuthStrategy === "ExecutionRole";
}

function isAwslogs(task: AgentTask, name: string): boolean {
  return logConfigOf(payloadOf(task, name))?.driver === "awslogs";
}
