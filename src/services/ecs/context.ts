import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import type { Ids } from "../../ids.ts";
import type { Events } from "./events.ts";
import type { EcsStore } from "./store.ts";

/** What ECS's operations, agents' sessions and the orchestrator work with. */
export interface Ecs {
  readonly store: EcsStore;
  readonly events: Events;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly assumeRole: AssumeRole;
  /** Told of what went wrong in work that nobody waits for. */
  onError(error: unknown): void;
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
