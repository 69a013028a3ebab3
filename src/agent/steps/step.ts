import type { RoleCredentials } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import type { SecretSource, SecretValues } from "../secrets/index.ts";

/** What the steps of a task work with. A step does one thing, once, and resolves to what happened; it never rejects. */
export interface StepContext {
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cluster: string;
  readonly region: string;
  /** Reads secrets with the given session. */
  secretSource(credentials: RoleCredentials): SecretSource & AsyncDisposable;
}

/** What a task's steps share and nobody stores. Each is deleted once it has served. */
export interface TaskMemory {
  executionRoleCredentials?: RoleCredentials;
  secrets?: SecretValues;
}

/** It could not be done now: try again. */
export interface Retry {
  readonly retry: string;
}

/** `<ErrorName>: <message>`, as container reasons are told. */
export function reasonOf(error: unknown): string {
  if (error instanceof RuntimeError) return `${error.name}: ${error.message}`;
  return `UnknownError: ${error instanceof Error ? error.message : String(error)}`;
}
