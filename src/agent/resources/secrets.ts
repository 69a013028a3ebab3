import { type HeldSecret, heldBy } from "../../acs/held-secrets.ts";
import { parseArn } from "../../arn.ts";
import { defined } from "../../defined.ts";
import type { FileContents } from "../../runtime/file-stores.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { type RoutedSecret, routedSecrets, routerOf } from "../firelens/index.ts";
import {
  applySecrets,
  expand,
  type FromPlan,
  planFrom,
  type ResolvedSecrets,
  resolveSecrets,
  type SecretRequest,
  secretFileMounts,
  secretKey,
} from "../secrets/index.ts";
import { containersThat, isUncreated } from "./needed.ts";
import { recallSecrets } from "./recall-secrets.ts";
import { type Resource, type ResourceContext, ResourceFailure } from "./resource.ts";
import { misplaced, placesOf, signalOf } from "./secret-files.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** The values of a task's secrets, and by container what came of whole secrets and paths. */
interface TaskSecrets extends ResolvedSecrets {
  readonly expanded: ReadonlyMap<string, readonly SecretRequest[]>;
}

/** The values of all secrets of a task. They are in memory only, until the last container that has some is created. */
export const secrets: Resource<TaskSecrets> = {
  kind: "secrets",
  after: [],
  keeps: "memory",
  needed: (task) => requestsOf(task).length > 0,

  /** Reads, as the execution role and each once, the secrets of all containers still to be created. */
  async make(context, task) {
    return unlessAborted(context.signal, readSecrets(context, task, containersThat(task, isUncreated)));
  },

  apply(container, task, name, resolved = nothing) {
    const { log, files } = container;
    const expanded = resolved.expanded.get(name) ?? [];
    const places = placesOf(task, name, expanded);
    const isFile = ({ name, target }: SecretRequest) => target === "CONTAINER" && places.has(name);
    const wanted = [...expanded, ...requests(task, name)];
    const { environment, logOptions } = applySecrets(
      wanted.filter((request) => !isFile(request)),
      resolved.values,
      { environment: container.environment, logDriver: log?.driver ?? "", logOptions: log?.options ?? {} },
    );
    const { mounts: made, variables } = secretFileMounts(wanted.filter(isFile), resolved, places);
    const isReplaceable = signalOf(task, name) !== undefined;
    const mounts = made.map((mount) =>
      "directory" in mount && isReplaceable ? { ...mount, isReplaceable: true as const } : mount,
    );
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

  holds: (task, resolved) => heldSecrets(task, containersThat(task, isUncreated), resolved),

  hides(task, name, resolved) {
    if (requestsFor(task, name).length === 0) return [];
    return resolved && [...resolved.values.values()];
  },

  recall: recallSecrets,
};

const nothing: TaskSecrets = {
  ...{ outcome: "resolved", values: new Map(), binaries: new Map(), reads: new Map() },
  ...{ below: new Map(), expanded: new Map() },
};

/** Reads the secrets of these containers. Rejects with a `ResourceFailure`. */
export async function readSecrets(
  context: Pick<ResourceContext, "executionCredentials" | "secretSource">,
  task: AgentTask,
  containers: readonly string[],
): Promise<TaskSecrets> {
  const plans = new Map<string, FromPlan>();
  for (const name of containers) {
    const plan = planFrom(payloadOf(task, name));
    if (!plan) continue;
    if ("problem" in plan) throw new ResourceFailure(`ResourceInitializationError: ${plan.problem}`);
    plans.set(name, plan);
  }
  const result = await read(context, task, containers);
  if (result.outcome === "failed") throw new ResourceFailure(result.reason);
  return withExpanded(task, result, plans);
}

/** With what comes of whole secrets and paths as values of their own. */
function withExpanded(task: AgentTask, resolved: ResolvedSecrets, plans: ReadonlyMap<string, FromPlan>): TaskSecrets {
  const values = new Map(resolved.values);
  const expanded = new Map<string, readonly SecretRequest[]>();
  for (const [name, plan] of plans) {
    const { environment, secrets: own } = payloadOf(task, name);
    const taken = new Set([
      ...Object.keys(environment),
      ...own.flatMap((one) => (one.target === "CONTAINER" ? [one.name] : [])),
    ]);
    const found = expand(name, plan, resolved, taken);
    if ("problem" in found) throw new ResourceFailure(`ResourceInitializationError: ${found.problem}`);
    const requests = found.map(({ request }) => request);
    for (const { request, value } of found) values.set(secretKey(request), value);
    expanded.set(name, requests);
    const problem = misplaced(payloadOf(task, name), requests);
    if (problem !== undefined) throw new ResourceFailure(`ResourceInitializationError: ${problem}`);
  }
  return { ...resolved, values, expanded };
}

/** What the containers got, of what was read for them. */
export function heldSecrets(
  task: AgentTask,
  containers: readonly string[],
  { reads, below }: Pick<TaskSecrets, "reads" | "below">,
): readonly HeldSecret[] {
  return heldBy(
    containers
      .flatMap((name) => requestsFor(task, name))
      .flatMap((request) => {
        const read = reads.get(secretKey(request));
        const parameters = (below.get(secretKey(request)) ?? []).flatMap((one) => one.read ?? []);
        return [...(read ? [read] : []), ...parameters].map((one) => [request.container, one] as const);
      }),
  );
}

/** The files of a container whose secrets are all in one directory. */
export function replacements(task: AgentTask, name: string, resolved: TaskSecrets): ReadonlyMap<string, FileContents> {
  const expanded = resolved.expanded.get(name) ?? [];
  const wanted = [...expanded, ...requests(task, name)].filter(({ target }) => target === "CONTAINER");
  const { mounts } = secretFileMounts(wanted, resolved, placesOf(task, name, expanded));
  return new Map(mounts.flatMap((mount) => ("directory" in mount ? [...mount.directory] : [])));
}

async function read(
  context: Pick<ResourceContext, "executionCredentials" | "secretSource">,
  task: AgentTask,
  containers: readonly string[],
) {
  try {
    const credentials = await context.executionCredentials();
    const source = credentials && context.secretSource(credentials);
    const wanted = containers.flatMap((name) => requestsFor(task, name));
    return await resolveSecrets(wanted, source, {
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
  const plan = planFrom(payloadOf(task, name));
  // With a problem it has none, and fails where they are read.
  const whole = plan ? ("problem" in plan ? [malformed(name)] : plan.sources.map(({ request }) => request)) : [];
  return [
    ...requests(task, name),
    ...whole,
    ...routedTo(task, name).map(({ container, secret }) => ({ ...secret, container })),
  ];
}

/** Makes the secrets of a container with wrong labels needed, so that they fail. */
function malformed(container: string): SecretRequest {
  return { container, ...{ name: "", valueFrom: "", provider: "", region: "", type: "", target: "" } };
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
