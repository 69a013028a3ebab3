import type { GetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import type { Access, Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { valueAccess } from "./access.ts";
import { findValue } from "./find.ts";
import { readValue } from "./read-value.ts";
import type { VersionSelector } from "./reads.ts";

/** Secrets as another service reads them: with its caller's permissions, which that service checks. */
export interface SecretReader {
  /** Finds a version of the secret that `secretId` names. Throws a `SecretRefusal` for a malformed one. */
  find(call: Call, secretId: string, selector: VersionSelector): Promise<ReadableSecret>;
}

/** A secret that was found, or was not. */
export interface ReadableSecret {
  /** The permission that reading it needs; the caller of `find` checks it. */
  readonly access: Access;
  /** Answers as GetSecretValue does, from the version that was found. Throws a `SecretRefusal` for a missing one. */
  read(): Promise<GetSecretValueResponse>;
}

export function secretReader(context: SecretsManager): SecretReader {
  return {
    async find(call, secretId, selector) {
      const found = await findValue(context, call, secretId, selector);
      return {
        access: { ...valueAccess(found, selector), action: "secretsmanager:GetSecretValue" },
        read: () => readValue(context, call, found, selector),
      };
    },
  };
}
