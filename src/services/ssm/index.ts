import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Ids } from "../../ids.ts";
import type { Encryption } from "../kms/index.ts";
import type { SecretReader } from "../secrets-manager/index.ts";
import type { Parameters } from "./parameters.ts";
import type { ServiceSettings } from "./service-settings.ts";

export { enforcePolicies } from "./parameter-notices.ts";
export { parameterStore } from "./parameters.ts";
export { settingStore } from "./service-settings.ts";

/** What Parameter Store's operations work with. */
export interface Ssm {
  readonly parameters: Parameters;
  readonly settings: ServiceSettings;
  readonly ids: Ids;
  /** For the names that mean secrets. */
  readonly secrets: SecretReader;
  readonly encryption: Encryption;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export function ssmService(context: Ssm): Service {
  return service(
    {
      signingName: "ssm",
      targetPrefix: "AmazonSSM",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
