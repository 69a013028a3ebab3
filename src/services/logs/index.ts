export { tendLogs } from "./events/tend.ts";
export { ensureGroup } from "./groups/ensure.ts";
export { searcher } from "./search/searcher.ts";
export { logsService } from "./service.ts";
export { logsStore } from "./store.ts";
