import { randomBytes } from "node:crypto";
import { decrypt, encrypt } from "../../keyring/keyring.ts";
import type { Call } from "../../model/call.ts";
import { type Encryption, KmsRefusal } from "../kms/index.ts";

export type FakeKeyState = "enabled" | "disabled" | "pending-deletion" | "forbidden";

/** KMS for tests: real AES-256-GCM bound to the encryption context, and keys that can be made to refuse. */
export function fakeEncryption(account: string, region: string) {
  const keys = new Map<string, { readonly material: Uint8Array; state: FakeKeyState }>();
  const arnOf = (keyId: string, inRegion = region) =>
    keyId.startsWith("arn:") ? keyId : `arn:aws:kms:${inRegion}:${account}:key/${keyId}`;
  const asked: { readonly keyArn: string; readonly context: Readonly<Record<string, string>> }[] = [];

  function usable(keyArn: string): Uint8Array {
    const key = keys.get(keyArn);
    if (!key) throw refusal("unknown key", "NotFoundException", `Key '${keyArn}' does not exist`);
    if (key.state === "forbidden")
      throw refusal("access denied", "AccessDeniedException", "not authorized to perform: kms:Decrypt");
    if (key.state === "disabled") throw refusal("unusable key", "DisabledException", `${keyArn} is disabled.`);
    if (key.state === "pending-deletion")
      throw refusal("unusable key", "KMSInvalidStateException", `${keyArn} is pending deletion.`);
    return key.material;
  }

  const encryption: Encryption = {
    async encrypt(call: Call, { keyId = "managed", plaintext, encryptionContext }) {
      const keyArn = arnOf(keyId, call.region);
      if (keyId === "managed" && !keys.has(keyArn)) addKey(keyId, call.region);
      asked.push({ keyArn, context: encryptionContext });
      const sealed = encrypt(usable(keyArn), plaintext, authenticated(encryptionContext));
      return { ciphertext: Buffer.concat([Buffer.from(`${keyArn}\n`), sealed]), keyArn };
    },
    async decrypt(call: Call, { ciphertext, encryptionContext }) {
      const bytes = Buffer.from(ciphertext);
      const end = bytes.indexOf("\n");
      const keyArn = bytes.subarray(0, end).toString();
      if (keyArn.split(":")[3] !== call.region) throw refusal("invalid ciphertext", "InvalidCiphertextException", "");
      const plaintext = decrypt(usable(keyArn), bytes.subarray(end + 1), authenticated(encryptionContext));
      if (!plaintext) throw refusal("invalid ciphertext", "InvalidCiphertextException", "");
      return { plaintext, keyArn };
    },
    isUnderManagedKey: async (_call, ciphertext) => Buffer.from(ciphertext).includes(":key/managed\n"),
    findKeyArn: async (call, keyId) => arnOf(keyId, call.region),
  };

  function addKey(keyId: string, inRegion = region): string {
    const keyArn = arnOf(keyId, inRegion);
    keys.set(keyArn, { material: randomBytes(32), state: "enabled" });
    return keyArn;
  }
  addKey("managed");

  return {
    encryption,
    /** Makes a key and answers its ARN. */
    addKey,
    setState(keyArn: string, state: FakeKeyState) {
      const key = keys.get(keyArn);
      if (!key) throw new Error(`There is no key ${keyArn}`);
      key.state = state;
    },
    /** Every encryption that was asked for. */
    asked,
  };
}

function authenticated(context: Readonly<Record<string, string>>): Uint8Array {
  return Buffer.from(JSON.stringify(Object.entries(context).sort()));
}

function refusal(kind: KmsRefusal["kind"], code: string, message: string): KmsRefusal {
  return new KmsRefusal(kind, { code, status: 400 }, message);
}
