export { tendLogs } from "./events/tend.ts";
export type { Group } from "./groups/group.ts";
export { ensureGroup } from "./groups/make.ts";
export { logsService } from "./service.ts";
export { logsStore } from "./store.ts";
