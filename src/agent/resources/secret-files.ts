import { identityOf } from "../../runtime/identity.ts";
import { taskLabels } from "../engine/labels.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { type FilePlace, planFiles } from "../secrets/index.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** The name of the container that holds the store; no task definition can have it. */
const storeName = "~internal~sealift~files";

/** Bytes that a file may take up. Secrets have 64 KiB at most, and a new attempt of a container has its own. */
const bytesPerFile = 4 * 128 * 1024;

interface Store {
  /** The runtime's. */
  readonly id: string;
}

/**
 * The memory in which a task's secrets are files, where docker labels want them so. Containers are created with the files in
 * it; it is gone when the task has stopped.
 */
export const secretFiles: Resource<Store> = {
  kind: "secret-files",
  after: [],
  keeps: "state",
  needed: (task) => task.containers.some(({ name }) => asksForFiles(task, name)),

  async make({ runtime, cluster }, { arn, payload }) {
    let count = 0;
    for (const container of payload.containers) {
      const plan = planFiles(container);
      if ("problem" in plan) throw new ResourceFailure(`ResourceInitializationError: ${plan.problem}`);
      count += plan.places.size;
    }
    if (!runtime.fileStores) {
      throw new ResourceFailure(
        `ResourceInitializationError: docker labels want secrets as files, which the ${runtime.kind} runtime cannot give`,
      );
    }
    const labels = taskLabels(payload, cluster, storeName);
    return { id: await runtime.fileStores.open({ taskArn: arn, bytes: (count + 1) * bytesPerFile, labels }) };
  },

  undo: ({ runtime }, _task, { id }) => runtime.containers.remove(id),

  apply(container, task, name, store) {
    return store && placesOf(task, name).size > 0
      ? { ...container, files: { store: store.id, mounts: [] } }
      : container;
  },

  adopt(_task, found) {
    const held = found.find(
      ({ isNamespace, status, labels }) =>
        isNamespace && status === "running" && identityOf(labels)?.container === storeName,
    );
    return held && { id: held.id };
  },

  needs: ({ id }) => ({ id, lost: "ResourceInitializationError: the store of the task's secret files has ended" }),
};

/** Where the container's secrets are files, by the secret's name. Its labels are sound once the store was made. */
export function placesOf(task: AgentTask, name: string): ReadonlyMap<string, FilePlace> {
  const plan = planFiles(payloadOf(task, name));
  return "places" in plan ? plan.places : new Map();
}

/** The runtime's id of the store; `undefined` before it is made, and after it was deleted. */
export function storeOf(task: AgentTask): string | undefined {
  const { status, data } = task.resources[secretFiles.kind] ?? {};
  return status === "made" ? (data as Store | undefined)?.id : undefined;
}

function asksForFiles(task: AgentTask, name: string): boolean {
  const plan = planFiles(payloadOf(task, name));
  return "problem" in plan || plan.places.size > 0;
}
