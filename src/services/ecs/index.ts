import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Ecs } from "./context.ts";
import type { TaskRunner, TaskRunnerOptions } from "./run-to-end.ts";

export { resourceTags } from "./access.ts";
export { type AcsConnection, type AcsSession, acsSession } from "./acs.ts";
export { lastPart, type Scope, scopeOf } from "./arns.ts";
export type { AssumeRole, Ecs, SessionCredentials } from "./context.ts";
export { ensureDefaultCluster } from "./create-cluster.ts";
export { type Events, events } from "./events.ts";
export type { Deployment, ServiceRecord, Task } from "./model.ts";
export type { PlacementFailure } from "./placement.ts";
export type { TaskRunner } from "./run-to-end.ts";
export { type Runner, runner } from "./runner.ts";
export { sealedColumns } from "./sealed.ts";
export { addEvents, newDeployment } from "./service-deployments.ts";
export { serviceTaskTags } from "./service-tags.ts";
export { startTasks } from "./start-tasks.ts";
export { stopAllTasks } from "./stop-all-tasks.ts";
export { type EcsStore, ecsStore, type Records } from "./store.ts";
export { requestStop, stopNow } from "./task-state.ts";
export { fakeTimers, systemTimers, type Timers } from "./timers.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
export function ecsService(context: Ecs): Service {
  return service(
    {
      signingName: "ecs",
      targetPrefix: "AmazonEC2ContainerServiceV20141113",
      protocol: jsonProtocol(),
      violation: { code: "InvalidParameterException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}

/** Tasks for the other services, loaded with the first one: see `run-to-end.ts`. */
export function taskRunner(options: TaskRunnerOptions): TaskRunner {
  const load = async () => (await import("./run-to-end.ts")).taskRunner(options);
  return {
    resolve: async (...given) => (await load()).resolve(...given),
    run: async (...given) => (await load()).run(...given),
  };
}
