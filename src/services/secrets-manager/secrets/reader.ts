import type { SecretsManager } from "../context.ts";
import type { SecretReader } from "../index.ts";
import { findValue } from "./access.ts";
import { readValue } from "./read-value.ts";

/** Secrets as another service reads them: with its caller's permissions, which that service has checked. */
export function secretReader(context: SecretsManager): SecretReader {
  return {
    async find(call, secretId, selector) {
      const { access, found } = await findValue(secretId, selector, call, context);
      return { access, read: () => readValue(context, call, found, selector) };
    },
  };
}
