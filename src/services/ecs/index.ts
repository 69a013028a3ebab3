import type { TaskRunner, TaskRunnerOptions } from "./tasks/run-to-end.ts";

export { resourceTags } from "./access.ts";
export { disconnectReplica } from "./acs/disconnect-replica.ts";
export { type AcsConnection, type AcsSession, acsSession } from "./acs/session.ts";
export { lastPart, type Scope, scopeOf } from "./arns.ts";
export type { AssumeRole, SessionCredentials } from "./context.ts";
export { isMachineOf, notItsMachine } from "./instances/registrant.ts";
export type { Deployment, ServiceRecord, Task } from "./model.ts";
export { ensureDefaultCluster } from "./operations/create-cluster.ts";
export type { PlacementFailure } from "./placement/placement.ts";
export { startTasks } from "./placement/start-tasks.ts";
export { sealedColumns } from "./sealed.ts";
export { addEvents, newDeployment } from "./services/deployments.ts";
export { reconcileService } from "./services/reconcile-service.ts";
export { serviceTaskTags } from "./services/task-tags.ts";
export { type EcsStore, ecsStore, type Records } from "./store.ts";
export type { TaskRunner } from "./tasks/run-to-end.ts";
export { requestStop, stopNow } from "./tasks/state.ts";

/** Tasks for the other services, loaded with the first one: see `tasks/run-to-end.ts`. */
export function taskRunner(options: TaskRunnerOptions): TaskRunner {
  const load = async () => (await import("./tasks/run-to-end.ts")).taskRunner(options);
  return {
    resolve: async (...given) => (await load()).resolve(...given),
    run: async (...given) => (await load()).run(...given),
  };
}

export type { Ecs } from "./context.ts";
export { ecsService } from "./service.ts";
