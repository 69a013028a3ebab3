export { tendLogs } from "./events/tend.ts";
export { logsService } from "./service.ts";
export { logsStore } from "./store.ts";
