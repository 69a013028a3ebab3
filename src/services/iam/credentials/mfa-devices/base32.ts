import { idAlphabet } from "../../unique-id.ts";

/** Bytes in base 32, without padding: https://www.rfc-editor.org/rfc/rfc4648#section-6 */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((group) => idAlphabet[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}
