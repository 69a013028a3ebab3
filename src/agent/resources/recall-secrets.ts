import type { Runtime } from "../../runtime/runtime.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { routedSecrets, routerOf } from "../firelens/index.ts";
import { planFrom } from "../secrets/index.ts";
import { placesOf, storeOf } from "./secret-files.ts";

/** See `Resource.recall`. The engine has them for as long as the containers exist, and so nobody else need keep them. */
export async function recallSecrets(
  runtime: Runtime,
  task: AgentTask,
): Promise<readonly (string | Uint8Array)[] | undefined> {
  const found: (string | Uint8Array)[] = [];
  for (const { name, earlier, attempt } of task.containers) {
    const names = namesOf(task, name);
    if (names.variables.length + names.options.length === 0 && !names.hasOthers) continue;
    for (const one of [...earlier, attempt]) {
      const given = one.runtimeId === undefined ? undefined : await runtime.containers.given(one.runtimeId);
      // Those before it may be gone.
      if (!given && one === attempt && one.runtimeId !== undefined) return undefined;
      for (const variable of names.variables) found.push(given?.environment[variable] ?? "");
      if (names.hasOthers) found.push(...othersIn(task, name, given?.environment ?? {}));
      for (const option of names.options) found.push(given?.logOptions[option] ?? "");
    }
  }
  if (!("secret-files" in task.resources)) return found;
  const store = storeOf(task);
  // Before it is made, no container has anything of it.
  if (store === undefined) return task.resources["secret-files"]?.status === "none" ? found : undefined;
  const files = await runtime.fileStores?.contents(store);
  return files && [...found, ...files];
}

/** The variables and log options of a container that are secrets; those that are files aside. */
function namesOf(task: AgentTask, name: string) {
  const { secrets } = payloadOf(task, name);
  const files = placesOf(task, name);
  const routed = routerOf(task.payload)?.name === name ? routedSecrets(task.payload) : [];
  const own = secrets.filter(({ target, name: variable }) => target === "CONTAINER" && !files.has(variable));
  return {
    hasOthers: planFrom(payloadOf(task, name)) !== undefined,
    variables: [...own.map((secret) => secret.name), ...routed.map(({ variable }) => variable)],
    options: secrets.filter(({ target }) => target === "LOG_DRIVER").map((secret) => secret.name),
  };
}

/** Variables that the engine, an image or the agent sets. */
const usual = /^(?:PATH|HOME|HOSTNAME|TERM|LANG|(?:AWS|ECS|SEALIFT)_.*)$/;

/** Whole secrets and paths become variables of names that nobody has written down: they are among those that nobody else set. */
function othersIn(task: AgentTask, name: string, environment: Readonly<Record<string, string>>): readonly string[] {
  const plain = payloadOf(task, name).environment;
  return Object.entries(environment).flatMap(([variable, value]) =>
    usual.test(variable) || plain[variable] === value ? [] : [value],
  );
}
