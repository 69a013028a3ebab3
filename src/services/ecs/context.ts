import type { Events } from "../../audit/index.ts";
import type { Wakes } from "../../concurrency/wakes.ts";
import type { Surroundings } from "../../surroundings.ts";
import type { Scope } from "./arns.ts";
import type { CurrentVersions } from "./secrets/references.ts";
import type { TrailReads } from "./secrets/trail.ts";
import type { EcsStore } from "./store.ts";
import type { Figures } from "./tcs/figures.ts";

/** The context of ECS's operations, of agents' sessions and of the loops. */
export interface Ecs extends Surroundings {
  readonly store: EcsStore;
  /**
   * Topics: `services` when something changed that the service scheduler decides on, `instance:<ARN>` when an instance's
   * tasks or its session changed, `task:<ARN>` when a task stopped; `exec-orders:<ARN>` when a client waits for an instance's agent,
   * `exec:<id>` when a session of ExecuteCommand may have been ended.
   */
  readonly wakes: Wakes;
  readonly auditEvents: Events;
  /** Id of this process among the replicas of the installation. */
  readonly replica: string;
  readonly assumeRole: AssumeRole;
  /** A FARGATE task is placed only where a machine has the size that it asks for. */
  readonly strictResources: boolean;
  /** A task definition with what looks like a secret in plain text is refused. */
  readonly denyPlaintextSecrets: boolean;
  /** The operator's address of this installation, without a slash at its end. */
  readonly publicUrl?: string;
  /** Makes a log group of the account and Region unless it is there. */
  ensureLogGroup?(place: Scope, name: string): Promise<void>;
  /** What the references of task definitions mean now; nothing is known of it unless given. */
  readonly currentVersions?: CurrentVersions;
  /** What tasks' execution roles have read; nothing is known of it unless given. */
  readonly trailReads?: TrailReads;
  /** What tasks use, as their agents told this process. */
  readonly figures: Figures;
}

/** A task's session of its role, made as the service `ecs-tasks.amazonaws.com`. */
export type AssumeRole = (request: {
  readonly roleArn: string;
  /** The task's id. */
  readonly sessionName: string;
  /** `aws:SourceAccount` and `aws:SourceArn`. */
  readonly conditions: Readonly<Record<string, string>>;
}) => Promise<{ readonly credentials: SessionCredentials } | { readonly denied: string }>;

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}
