import type { GetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import type { Access, Authorize, Call } from "../../aws/call.ts";
import type { AuditCall } from "../../aws/call-record.ts";
import { jsonProtocol } from "../../aws/json-protocol.ts";
import { type Service, service } from "../../aws/service.ts";
import type { Ids } from "../../ids.ts";
import type { Encryption } from "../kms/index.ts";
import type { RotationFunctions } from "./rotation-functions.ts";
import type { Rotations } from "./rotations.ts";
import type { RotatorOptions } from "./rotator.ts";
import type { Secrets } from "./secrets.ts";

export { type RotationFunctions, rotationFunctions } from "./rotation-functions.ts";
export { rotationStore } from "./rotations.ts";
export type { RotatorOptions } from "./rotator.ts";
export { type Secrets, secretStore } from "./secrets.ts";

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

/** What turns secrets over. */
export interface Rotator {
  /** Begins the rotations whose window has begun, and does the steps that are due. */
  rotateDue(): Promise<void>;
}

/** Loaded with the first rotation: see `rotator.ts`. */
export function rotator(options: RotatorOptions): Rotator {
  const { context, clock } = options;
  let made: Promise<Rotator> | undefined;
  return {
    async rotateDue() {
      const now = clock.now();
      const [scheduled] = await context.rotations.scheduled(now);
      const [due] = await context.rotations.due(now);
      if (scheduled === undefined && due === undefined) return;
      made ??= import("./rotator.ts").then((module) => module.rotator(options));
      await (await made).rotateDue();
    },
  };
}
