import type { AuditCall } from "../../front-door/audit-call.ts";
import type { Ids } from "../../ids.ts";
import type { Authorize } from "../../model/call.ts";
import type { Encryption } from "../kms/index.ts";
import type { RotationFunctions } from "./rotation/function.ts";
import type { SecretsManagerStore } from "./store.ts";

/** Everything that Secrets Manager's operations work with. */
export interface SecretsManager {
  readonly store: SecretsManagerStore;
  readonly encryption: Encryption;
  readonly functions: RotationFunctions;
  readonly ids: Ids;
  /** Decides secret by secret (BatchGetSecretValue), and whether a change would lock its caller out. */
  readonly authorize: Authorize;
  /** Records the calls of the built-in rotation function. */
  readonly audit: AuditCall;
}
