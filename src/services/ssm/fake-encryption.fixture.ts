import { randomBytes } from "node:crypto";
import {
  DisabledException$,
  InvalidCiphertextException$,
  KMSInvalidStateException$,
  NotFoundException$,
} from "@aws-sdk/client-kms";
import { decrypt, encrypt } from "../../keyring/keyring.ts";
import type { Call } from "../../model/call.ts";
import { type Encryption, KmsRefusal } from "../kms/index.ts";

/** A key of the fake and how it refuses, if it does. */
export interface FakeKey {
  readonly material: Uint8Array;
  state: "enabled" | "disabled" | "pending-deletion" | "denied";
}

/** KMS for tests: real AES-GCM under keys that are found by the names given. `alias/aws/ssm` is there from the start. */
export function fakeEncryption(...names: string[]): Encryption & { readonly keys: ReadonlyMap<string, FakeKey> } {
  const made = ["alias/aws/ssm", ...names].map((name): [string, FakeKey] => [
    name,
    { material: randomBytes(32), state: "enabled" },
  ]);
  const keys = new Map(made);
  return {
    keys,
    async encrypt(call, { keyId = "alias/aws/ssm", plaintext, encryptionContext }) {
      const key = usable(call, "Encrypt", keyId, keys.get(keyId));
      const sealed = encrypt(key.material, plaintext, Buffer.from(JSON.stringify(encryptionContext)));
      const name = Buffer.from(keyId);
      return { ciphertext: Buffer.concat([Buffer.of(name.length), name, sealed]), keyArn: `fake:${keyId}` };
    },
    async decrypt(call, { ciphertext, encryptionContext }) {
      const start = 1 + ciphertext[0]!;
      const keyId = Buffer.from(ciphertext.subarray(1, start)).toString();
      const key = usable(call, "Decrypt", keyId, keys.get(keyId));
      const context = Buffer.from(JSON.stringify(encryptionContext));
      const plaintext = decrypt(key.material, ciphertext.subarray(start), context);
      if (!plaintext) throw new KmsRefusal("invalid ciphertext", InvalidCiphertextException$, "");
      return { plaintext, keyArn: `fake:${keyId}` };
    },
    async isUnderManagedKey(_call, ciphertext) {
      return Buffer.from(ciphertext.subarray(1, 1 + ciphertext[0]!)).toString() === "alias/aws/ssm";
    },
    findKeyArn: async (_call, keyId) => `fake:${keyId}`,
  };
}

function usable(call: Call, operation: string, keyId: string, key: FakeKey | undefined): FakeKey {
  if (!key) throw new KmsRefusal("unknown key", NotFoundException$, `Alias ${keyId} is not found.`);
  if (key.state === "disabled") throw new KmsRefusal("unusable key", DisabledException$, `${keyId} is disabled.`);
  if (key.state === "pending-deletion")
    throw new KmsRefusal("unusable key", KMSInvalidStateException$, `${keyId} is pending deletion.`);
  if (key.state === "denied") {
    const message = `User: ${call.principal.arn} is not authorized to perform: kms:${operation} on resource: ${keyId} because no identity-based policy allows the kms:${operation} action`;
    throw new KmsRefusal("access denied", { code: "AccessDeniedException", status: 400 }, message);
  }
  return key;
}
