import type { SecretsManager } from "./context.ts";
import type { Rotator, RotatorOptions } from "./rotation/rotator.ts";
import type { SecretReader } from "./secrets/reader.ts";

export type { SecretsManager } from "./context.ts";
export { SecretRefusal } from "./errors.ts";
export type { RotationFunctions } from "./rotation/function.ts";
export { rotationFunctions } from "./rotation/functions.ts";
export type { Rotator } from "./rotation/rotator.ts";
export { currentVersion } from "./secrets/current-version.ts";
export type { ReadableSecret, SecretReader } from "./secrets/reader.ts";
export { isSecretName } from "./secrets/reference.ts";
export type { Secret, SecretVersion } from "./secrets/secret.ts";
export { secretsManagerService } from "./service.ts";
export { type SecretsManagerStore, secretsManagerStore } from "./store.ts";

/** Secrets for the other services. The code is loaded with the first secret. */
export function secretReader(context: SecretsManager): SecretReader {
  return {
    async find(call, secretId, selector) {
      const module = await import("./secrets/reader.ts");
      return module.secretReader(context).find(call, secretId, selector);
    },
  };
}

/** Rotates secrets. The code is loaded with the first rotation. */
export function rotator(options: RotatorOptions): Rotator {
  const { context, clock } = options;
  const { rotations } = context.store;
  let made: Promise<Rotator> | undefined;
  return {
    async rotateDue() {
      const now = clock.now();
      const [scheduled] = await rotations.scheduled(now);
      const [due] = await rotations.due(now);
      if (scheduled === undefined && due === undefined) return;
      made ??= import("./rotation/rotator.ts").then((module) => module.rotator(options));
      await (await made).rotateDue();
    },
  };
}
