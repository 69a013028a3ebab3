import type { AuditCall } from "../../front-door/audit-call.ts";
import type { Ids } from "../../ids.ts";
import type { Authorize } from "../../model/call.ts";
import type { Encryption } from "../kms/index.ts";
import type { RotationFunctions } from "./rotation/functions.ts";
import type { Rotations } from "./rotation/records.ts";
import type { Secrets } from "./secrets/records.ts";

/** What Secrets Manager's operations work with. */
export interface SecretsManager {
  readonly secrets: Secrets;
  readonly encryption: Encryption;
  readonly rotations: Rotations;
  readonly functions: RotationFunctions;
  readonly ids: Ids;
  /** For what is decided secret by secret (BatchGetSecretValue), and for changes that would lock their caller out. */
  readonly authorize: Authorize;
  /** Writes down the calls of the built-in rotation function. */
  readonly audit: AuditCall;
}
