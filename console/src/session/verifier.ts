import { sha256 } from "@noble/hashes/sha2.js";

/** A secret that only this page knows, and what it is recognised by. */
export function newVerifier(): { readonly codeVerifier: string; readonly codeChallenge: string } {
  const codeVerifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  return { codeVerifier, codeChallenge: base64url(sha256(new TextEncoder().encode(codeVerifier))) };
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
