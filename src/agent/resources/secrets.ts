import { parseArn } from "../../arn.ts";
import { defined } from "../../defined.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { type RoutedSecret, routedSecrets, routerOf } from "../firelens/index.ts";
import {
  applySecrets,
  type ResolvedSecrets,
  resolveSecrets,
  type SecretRequest,
  secretFileMounts,
  secretKey,
} from "../secrets/index.ts";
import { containersThat, isUncreated } from "./needed.ts";
import { recallSecrets } from "./recall-secrets.ts";
import { type Resource, type ResourceContext, ResourceFailure } from "./resource.ts";
import { placesOf } from "./secret-files.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** The values of all secrets of a task. They are in memory only, until the last container that has some is created. */
export const secrets: Resource<ResolvedSecrets> = {
  kind: "secrets",
  after: [],
  keeps: "memory",
  needed: (task) => requestsOf(task).length > 0,

  /** Reads, as the execution role and each once, the secrets of all containers still to be created. */
  async make(context, task) {
    const result = await unlessAborted(context.signal, read(context, task));
    if (result.outcome === "failed") throw new ResourceFailure(result.reason);
    return result;
  },

  apply(container, task, name, resolved = nothing) {
    const { log, files } = container;
    const places = placesOf(task, name);
    const isFile = ({ name, target }: SecretRequest) => target === "CONTAINER" && places.has(name);
    const wanted = requests(task, name);
    const { environment, logOptions } = applySecrets(
      wanted.filter((request) => !isFile(request)),
      resolved.values,
      { environment: container.environment, logDriver: log?.driver ?? "", logOptions: log?.options ?? {} },
    );
    const { mounts, variables } = secretFileMounts(wanted.filter(isFile), resolved, places);
    if (mounts.length > 0 && !files) throw new Error(`there is no store for the secret files of ${name}`);
    return {
      ...container,
      environment: { ...variables, ...withRouted(environment, task, name, resolved) },
      ...defined({
        log: log && { ...log, options: logOptions },
        files: files && { ...files, mounts: [...files.mounts, ...mounts] },
      }),
    };
  },

  hides(task, name, resolved) {
    if (requestsFor(task, name).length === 0) return [];
    return resolved && [...resolved.values.values()];
  },

  recall: recallSecrets,
};

const nothing: ResolvedSecrets = { outcome: "resolved", values: new Map(), binaries: new Map() };

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
  return containersThat(task, isUncreated).flatMap((name) => requestsFor(task, name));
}

/** A router has the secret log options of the containers whose output it takes. */
function requestsFor(task: AgentTask, name: string): readonly SecretRequest[] {
  return [...requests(task, name), ...routedTo(task, name).map(({ container, secret }) => ({ ...secret, container }))];
}

function routedTo(task: AgentTask, name: string): readonly RoutedSecret[] {
  return routerOf(task.payload)?.name === name ? routedSecrets(task.payload) : [];
}

/** They are variables of a router, also where they are empty, below its own secrets. */
function withRouted(
  environment: Readonly<Record<string, string>>,
  task: AgentTask,
  name: string,
  { values }: ResolvedSecrets,
): Readonly<Record<string, string>> {
  const own = new Set(requests(task, name).flatMap((one) => (one.target === "CONTAINER" ? [one.name] : [])));
  const routed = routedTo(task, name).map(({ secret, variable }) => {
    const value = values.get(secretKey(secret));
    if (value === undefined) {
      const message = `unable to generate config to create firelens container: missing secret value for secret ${secret.name}`;
      throw new RuntimeError("DockerClientConfigError", message);
    }
    return [variable, value] as const;
  });
  return { ...environment, ...Object.fromEntries(routed.filter(([variable]) => !own.has(variable))) };
}

function requests(task: AgentTask, name: string) {
  return payloadOf(task, name).secrets.map((secret) => ({ ...secret, container: name }));
}
