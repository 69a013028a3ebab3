import type { Ids } from "../../ids.ts";
import type { Call } from "../../model/call.ts";
import type { Sessions } from "../ecs/index.ts";
import type { Encryption } from "../kms/index.ts";
import type { SecretReader } from "../secrets-manager/index.ts";
import type { SsmStore } from "./store.ts";

/** Everything that Parameter Store's operations work with. */
export interface Ssm {
  readonly store: SsmStore;
  readonly ids: Ids;
  /** Reads the secrets that names below `/aws/reference/secretsmanager/` mean. */
  readonly secrets: SecretReader;
  readonly encryption: Encryption;
  /** Those that ECS's ExecuteCommand began. */
  readonly sessions: Sessions;
  /** True if there is a role of that ARN, and Systems Manager may assume it. */
  trustsSystemsManager(place: Pick<Call, "account" | "region" | "partition">, roleArn: string): Promise<boolean>;
}
