import type { Authorize } from "../../aws/call.ts";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Ids } from "../../ids.ts";
import type { Encryption } from "../kms/index.ts";
import type { Secrets } from "./secrets.ts";

export { type Secrets, secretStore } from "./secrets.ts";

/** What Secrets Manager's operations work with. */
export interface SecretsManager {
  readonly secrets: Secrets;
  readonly encryption: Encryption;
  readonly ids: Ids;
  /** For what is decided secret by secret (BatchGetSecretValue), and for changes that would lock their caller out. */
  readonly authorize: Authorize;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
export function secretsManagerService(context: SecretsManager): Service {
  return service(
    {
      signingName: "secretsmanager",
      targetPrefix: "secretsmanager",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      load: () => import("./operations.ts"),
    },
    context,
  );
}
