import type { Keyring } from "../../keyring/keyring.ts";

/** What was sealed for `purpose`. Throws where it cannot be opened. */
export function openSealed(keyring: Keyring, sealed: Uint8Array, purpose: string): Buffer {
  const bytes = keyring.open(sealed, purpose);
  if (!bytes) throw new Error(`Cannot open ${purpose}: it was changed, or sealed under another root key`);
  return Buffer.from(bytes);
}
