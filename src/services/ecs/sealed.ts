import type { Keyring } from "../../keyring/keyring.ts";

/** `document` as JSON, sealed for the row that `arn` names. */
export function sealDocument(keyring: Keyring, arn: string, document: object): Uint8Array {
  return keyring.seal(Buffer.from(JSON.stringify(document)), `ecs:${arn}`);
}

export function openDocument<T>(keyring: Keyring, arn: string, sealed: Uint8Array): T {
  const text = keyring.open(sealed, `ecs:${arn}`);
  if (!text) throw new Error(`Cannot open the record of ${arn}: it was sealed with another root key or changed`);
  return JSON.parse(Buffer.from(text).toString());
}
