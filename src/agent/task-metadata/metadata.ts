import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { RoleCredentials } from "../../acs/protocol.ts";
import type { Log } from "../../log.ts";
import type { Runtime, Subnet } from "../../runtime/runtime.ts";
import type { RoleType } from "../engine/credentials.ts";
import type { AgentTask } from "../engine/task.ts";
import type { Callers } from "./caller.ts";
import type { EndpointIds } from "./endpoint-ids.ts";
import type { StatsReader } from "./shape/stats.ts";
import type { TaskProtection } from "./task-protection.ts";

/** What the task endpoint's routes work with. */
export interface Metadata {
  readonly cluster: string;
  readonly region: string;
  readonly containerInstanceArn: string;
  readonly subnet: Subnet;
  readonly runtime: Pick<Runtime, "containers">;
  readonly stats: StatsReader;
  readonly ids: EndpointIds;
  readonly callers: Callers;
  readonly log: Log;
  readonly protection: TaskProtection;
  /** The container instance's own session, for log drivers of tasks without an execution role. */
  readonly instance: { readonly id: string; readonly credentials: AwsCredentialIdentityProvider };
  tasks(): readonly AgentTask[];
  /** The session of a role of the task, if there is a valid one. */
  credentials(arn: string, roleType: RoleType): RoleCredentials | undefined;
  /** The resource's tags, read as the container instance. Rejects as the SDK does. */
  tags(arn: string): Promise<Readonly<Record<string, string>>>;
}
