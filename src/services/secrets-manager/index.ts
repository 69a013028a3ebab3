import type { GetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import type { Access, Call } from "../../model/call.ts";
import type { SecretsManager } from "./context.ts";
import type { RotatorOptions } from "./rotation/rotator.ts";

export { type RotationFunctions, rotationFunctions } from "./rotation/functions.ts";
export { rotationStore } from "./rotation/records.ts";
export type { RotatorOptions } from "./rotation/rotator.ts";
export { type Secrets, secretStore } from "./secrets/records.ts";

/** Secrets for the other services, loaded with the first one: see `secrets/reader.ts`. */
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
      const module = await import("./secrets/reader.ts");
      return module.secretReader(context).find(call, secretId, selector);
    },
  };
}

/** What turns secrets over. */
export interface Rotator {
  /** Begins the rotations whose window has begun, and does the steps that are due. */
  rotateDue(): Promise<void>;
}

/** Loaded with the first rotation: see `rotation/rotator.ts`. */
export function rotator(options: RotatorOptions): Rotator {
  const { context, clock } = options;
  let made: Promise<Rotator> | undefined;
  return {
    async rotateDue() {
      const now = clock.now();
      const [scheduled] = await context.rotations.scheduled(now);
      const [due] = await context.rotations.due(now);
      if (scheduled === undefined && due === undefined) return;
      made ??= import("./rotation/rotator.ts").then((module) => module.rotator(options));
      await (await made).rotateDue();
    },
  };
}

export type { SecretsManager } from "./context.ts";
export { secretsManagerService } from "./service.ts";
