import { parseArn } from "../../arn.ts";
import { defined } from "../../defined.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { applySecrets, resolveSecrets, type SecretValues } from "../secrets/index.ts";
import { type Resource, type ResourceContext, ResourceFailure } from "./resource.ts";

/** The values of all secrets of a task. They are in memory only, until the last container that has some is created. */
export const secrets: Resource<SecretValues> = {
  kind: "secrets",
  after: [],
  keeps: "memory",
  needed: (task) => requestsOf(task).length > 0,

  /** Reads, as the execution role and each once, the secrets of all containers still to be created. */
  async make(context, task) {
    const result = await unlessAborted(context.signal, read(context, task));
    if (result.outcome === "failed") throw new ResourceFailure(result.reason);
    return result.values;
  },

  apply(container, task, name, values = new Map()) {
    const { log } = container;
    const { environment, logOptions } = applySecrets(requests(task, name), values, {
      environment: container.environment,
      logDriver: log?.driver ?? "",
      logOptions: log?.options ?? {},
    });
    return { ...container, environment, ...defined({ log: log && { ...log, options: logOptions } }) };
  },

  hides(task, name, values) {
    if (payloadOf(task, name).secrets.length === 0) return [];
    return values && [...values.values()];
  },
};

async function read(context: ResourceContext, task: AgentTask) {
  try {
    const credentials = await context.executionCredentials();
    await using source = credentials && context.secretSource(credentials);
    return await resolveSecrets(requestsOf(task), source, {
      launchType: task.payload.launchType ?? "EC2",
      account: parseArn(task.arn)?.account ?? "",
    });
  } catch (error) {
    // No error is expected here, so its text may hold anything.
    const name = error instanceof Error ? error.name : typeof error;
    throw new ResourceFailure(`UnknownError: the task's secrets could not be resolved (${name})`);
  }
}

/** The requests of all containers still to be created. */
function requestsOf(task: AgentTask) {
  if (task.desired === "STOPPED") return [];
  return task.containers.filter(isUncreated).flatMap(({ name }) => requests(task, name));
}

function requests(task: AgentTask, name: string) {
  return payloadOf(task, name).secrets.map((secret) => ({ ...secret, container: name }));
}

function isUncreated({ attempt: { status } }: AgentTask["containers"][number]): boolean {
  return status === "none" || status === "pulling" || status === "pulled" || status === "creating";
}

/** Nothing is left behind by a read that nobody waits for. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new ResourceFailure("the task was stopped"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
