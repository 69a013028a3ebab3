import type { GetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import type { Access, Authorize, Call } from "../../aws/call.ts";
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

/** Secrets for the other services, loaded with the first one: see `secret-reader.ts`. */
export interface SecretReader {
  /** Finds a version of the secret that `secretId` means. */
  find(
    call: Call,
    secretId: string,
    selector: { readonly versionId?: string | undefined; readonly stage?: string | undefined },
  ): Promise<FoundSecret>;
}

export interface FoundSecret {
  /** What reading it needs, which is for the caller of `find` to check. */
  readonly access: Access;
  /** Answers and refuses as GetSecretValue does. */
  read(): Promise<GetSecretValueResponse>;
}

export function secretReader(context: SecretsManager): SecretReader {
  return {
    async find(call, secretId, selector) {
      const module = await import("./secret-reader.ts");
      return module.secretReader(context).find(call, secretId, selector);
    },
  };
}
