export { tendLogs } from "./events/tend.ts";
export { ensureGroup } from "./groups/ensure.ts";
export { queryRunner } from "./insights/queries/runner.ts";
export { searcher } from "./search/searcher.ts";
export { logsService } from "./service.ts";
export { logsStore } from "./store.ts";
export { deliverer } from "./subscriptions/deliver.ts";
