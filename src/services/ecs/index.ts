import type { TaskRunner, TaskRunnerOptions } from "./tasks/run-to-end.ts";

export { disconnectReplica } from "./acs/disconnect-replica.ts";
export { payloadSecret } from "./acs/payload.ts";
export { findPolled, pollAccess, type SessionKind } from "./acs/poll-access.ts";
export { registryAuthentication } from "./acs/registry-authentication.ts";
export { acsSession } from "./acs/session.ts";
export { assumptionDenied } from "./acs/task-credentials.ts";
export { ensureDefaultCluster } from "./clusters/default-cluster.ts";
export type { AssumeRole, Ecs } from "./context.ts";
export { deleteUnusedDefinitions } from "./definitions/delete-unused.ts";
export type { FindingsHeader } from "./definitions/plaintext-findings.ts";
export {
  endExecSession,
  isExecSessionIssued,
  joinExecSession,
  type OpenedSession,
  openExecSession,
  pauseExecSession,
  terminateExecSession,
  watchExecSession,
} from "./exec/open.ts";
export { agentPatience } from "./exec/session.ts";
export { execSessions, type HeldSession, type Sessions } from "./exec/sessions.ts";
export { type TaskLogs, type TaskLogsInput, taskLogs } from "./exec/task-logs.ts";
export { isMachineOf, notItsMachine } from "./instances/registrant.ts";
export { versionsIn } from "./instances/versions.ts";
export { isNamed } from "./secrets/names.ts";
export { type CurrentVersions, referencesOf, type SecretReference } from "./secrets/references.ts";
export { learntTag, type ToldSecret, toldSecrets } from "./secrets/task-tags.ts";
export { secretsTender } from "./secrets/tend.ts";
export type { TrailRead, TrailReads } from "./secrets/trail.ts";
export { ecsService } from "./service.ts";
export { reconcileServices } from "./services/reconcile-services.ts";
export { ecsStore } from "./store.ts";
export type { TaskRunner } from "./tasks/run-to-end.ts";
export { latestFigures } from "./tcs/figures.ts";
export { telemetrySession } from "./tcs/session.ts";
export { type TaskStats, type TaskStatsInput, taskStats } from "./tcs/task-stats.ts";

/** Tasks for the other services, loaded with the first one: see `tasks/run-to-end.ts`. */
export function taskRunner(options: TaskRunnerOptions): TaskRunner {
  const load = async () => (await import("./tasks/run-to-end.ts")).taskRunner(options);
  return {
    resolve: async (...given) => (await load()).resolve(...given),
    run: async (...given) => (await load()).run(...given),
  };
}
