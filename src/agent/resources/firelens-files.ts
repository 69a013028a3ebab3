import { identityOf } from "../../runtime/identity.ts";
import { taskLabels } from "../engine/labels.ts";
import { pathsOf, routerConfig, routerOf } from "../firelens/index.ts";
import { terminalReason } from "../secrets/index.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** The name of the container that holds the store; no task definition can have it. */
const storeName = "~internal~sealift~firelens";

/** Bytes that the router's files may take up: nothing is taken before it is needed. */
const storeSize = 64 * 1024 * 1024;

interface Store {
  /** The runtime's. */
  readonly id: string;
}

/** The memory in which a FireLens router has its generated configuration, and other files of its own. */
export const firelensFiles: Resource<Store> = {
  kind: "firelens-files",
  after: [],
  keeps: "state",
  needed: ({ payload }) => routerOf(payload) !== undefined,

  async make({ runtime: { fileStores, kind }, cluster }, { arn, payload }) {
    if (!fileStores) throw new ResourceFailure(`ResourceInitializationError: the ${kind} runtime has no FireLens`);
    const router = routerOf(payload);
    try {
      if (router) routerConfig(payload, router);
    } catch (error) {
      throw new ResourceFailure(terminalReason((error as Error).message));
    }
    const labels = taskLabels(payload, cluster, storeName);
    return { id: await fileStores.open({ taskArn: arn, bytes: storeSize, labels }) };
  },

  undo: ({ runtime }, _task, { id }) => runtime.containers.remove(id),

  /** A container has one store: files that it would have in another are put into this one. */
  apply(container, { payload }, name, store) {
    const router = routerOf(payload);
    if (!store || name !== router?.name) return container;
    const config = { path: pathsOf(router).config, contents: routerConfig(payload, router) };
    return { ...container, files: { store: store.id, mounts: [...(container.files?.mounts ?? []), config] } };
  },

  adopt(_task, found) {
    const held = found.find(
      ({ isNamespace, status, labels }) =>
        isNamespace && status === "running" && identityOf(labels)?.container === storeName,
    );
    return held && { id: held.id };
  },

  needs: ({ id }) => ({
    id,
    lost: "ResourceInitializationError: the store of the task's FireLens configuration has ended",
  }),
};
