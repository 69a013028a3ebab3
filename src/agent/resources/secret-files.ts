import type { PayloadContainer } from "../../acs/protocol.ts";
import { identityOf } from "../../runtime/identity.ts";
import { taskLabels } from "../engine/labels.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { type FilePlace, fileLabel, pathOfPlace, planFiles, planOnChange } from "../secrets/index.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** The name of the container that holds the store; no task definition can have it. */
const storeName = "~internal~sealift~files";

/** Bytes that a file may take up. Secrets have 64 KiB at most, and a new attempt of a container has its own. */
const bytesPerFile = 4 * 128 * 1024;

/** Files that a whole secret or a path may become, for the size of the memory: it is a limit, not a reservation. */
const filesOfWhole = 64;

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
      const onChange = planOnChange(container);
      if (onChange && "problem" in onChange) {
        throw new ResourceFailure(`ResourceInitializationError: ${onChange.problem}`);
      }
      // Before the files that are replaced go, the new ones are there.
      count += (onChange ? 2 : 1) * (plan.places.size + (plan.isOpen ? filesOfWhole : 0));
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
    return store && asksForFiles(task, name) ? { ...container, files: { store: store.id, mounts: [] } } : container;
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

/**
 * Where the container's secrets are files, by the secret's name; `more` came of whole secrets and paths. Its labels are sound once
 * the store was made.
 */
export function placesOf(
  task: AgentTask,
  name: string,
  more: readonly { readonly name: string }[] = [],
): ReadonlyMap<string, FilePlace> {
  const plan = planFiles(payloadOf(task, name));
  if ("problem" in plan) return new Map();
  const { places, directory: mount } = plan;
  if (mount === undefined || more.length === 0) return places;
  const others = more.filter((one) => !places.has(one.name));
  return new Map([...places, ...others.map(({ name: file }) => [file, { mount, file }] as const)]);
}

/** What is wrong with the places of a container's files once it is known what came of whole secrets and paths. Pure. */
export function misplaced(container: PayloadContainer, more: readonly { readonly name: string }[]): string | undefined {
  const plan = planFiles(container);
  if ("problem" in plan) return plan.problem;
  const names = new Set([...container.secrets, ...more].map(({ name }) => name));
  const of = `of container "${container.name}"`;
  for (const [name, place] of plan.places) {
    if (!names.has(name)) return `docker label "${fileLabel}${name}" ${of} names no secret of the container`;
    const { file } = place;
    const other = more.find((one) => one.name === file && !plan.places.has(one.name));
    if (place.mount === plan.directory && other) {
      return `the secrets "${name}" and "${other.name}" ${of} are both to be the file ${pathOfPlace(place)}`;
    }
  }
  return undefined;
}

/** The runtime's id of the store; `undefined` before it is made, and after it was deleted. */
export function storeOf(task: AgentTask): string | undefined {
  const { status, data } = task.resources[secretFiles.kind] ?? {};
  return status === "made" ? (data as Store | undefined)?.id : undefined;
}

function asksForFiles(task: AgentTask, name: string): boolean {
  const plan = planFiles(payloadOf(task, name));
  if ("problem" in plan || plan.places.size > 0 || plan.isOpen) return true;
  const onChange = planOnChange(payloadOf(task, name));
  return onChange !== undefined && "problem" in onChange;
}

/** The signal that a container gets when its files were replaced; `undefined` where they never are. Pure. */
export function signalOf(task: AgentTask, name: string): string | undefined {
  const onChange = planOnChange(payloadOf(task, name));
  return onChange && "signal" in onChange ? onChange.signal : undefined;
}
