import type { Ids } from "../../ids.ts";
import type { Encryption } from "../kms/index.ts";
import type { SecretReader } from "../secrets-manager/index.ts";
import type { Parameters } from "./parameters/records.ts";
import type { ServiceSettings } from "./settings/records.ts";

/** What Parameter Store's operations work with. */
export interface Ssm {
  readonly parameters: Parameters;
  readonly settings: ServiceSettings;
  readonly ids: Ids;
  /** For the names that mean secrets. */
  readonly secrets: SecretReader;
  readonly encryption: Encryption;
}
