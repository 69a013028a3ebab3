/** On everything that a runtime made; its value is the runtime's prefix, so that several share an Engine undisturbed. */
export const runtimeLabel = "sealift.runtime";

/** On the container that holds a namespace open; its value is the namespace's address. */
export const namespaceLabel = "sealift.namespace";

/** On the container that holds a store of files; its value is the runtime's prefix. */
export const fileStoreLabel = "sealift.file-store";

/** On the network that awsvpc addresses come from; its value is the runtime's prefix. */
export const networkLabel = "sealift.network";

/** On each container that listens for the agent; its value is the container's name, which begins with the runtime's prefix. */
export const linkLocalLabel = "sealift.link-local";
