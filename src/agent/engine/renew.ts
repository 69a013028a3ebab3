import type { RoleCredentials } from "../../acs/protocol.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { ResourceFailure } from "../resources/resource.ts";
import { signalOf } from "../resources/secret-files.ts";
import { heldSecrets, readSecrets, replacements } from "../resources/secrets.ts";
import type { EngineOptions } from "./engine.ts";
import { type AgentTask, containerOf, type TaskEvent } from "./task.ts";

/**
 * Gives those running containers of a task that are to be signalled the newest versions of their secrets: reads them as the execution
 * role, replaces the files, then signals. Resolves to the event that tells of it, or to what failed; files may be replaced then,
 * and it is to be done again.
 */
export async function renewSecrets(
  { runtime, secretSource }: Pick<EngineOptions, "runtime" | "secretSource">,
  task: AgentTask,
  credentials: RoleCredentials,
): Promise<TaskEvent | { readonly failure: string } | undefined> {
  const containers = task.containers
    .filter(({ name, attempt }) => attempt.status === "running" && signalOf(task, name) !== undefined)
    .map(({ name }) => name);
  if (task.desired === "STOPPED" || containers.length === 0) return undefined;
  const { fileStores } = runtime;
  const { id: store } = (task.resources["secret-files"]?.data ?? {}) as { readonly id?: string };
  try {
    if (!fileStores || store === undefined) throw new ResourceFailure("the task has no store of secret files");
    const executionCredentials = async () => credentials;
    const resolved = await readSecrets({ executionCredentials, secretSource }, task, containers);
    for (const name of containers) {
      const { runtimeId: id = "", runtimeName = "" } = containerOf(task, name).attempt;
      const signal = signalOf(task, name) ?? "";
      await fileStores.replace({ store, id, name: runtimeName, directory: replacements(task, name, resolved), signal });
    }
    return { kind: "secrets-renewed", held: heldSecrets(task, containers, resolved) };
  } catch (error) {
    if (error instanceof ResourceFailure) return { failure: error.message };
    if (error instanceof RuntimeError) return { failure: `${error.name}: ${error.message}` };
    // No other error is expected, so its text may hold anything.
    return {
      failure: `UnknownError: the secrets could not be renewed (${error instanceof Error ? error.name : typeof error})`,
    };
  }
}
