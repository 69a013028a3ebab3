import { invalidInput } from "../../errors.ts";
import { readMetadata } from "./provider.ts";

/** Refuses a private key: this server decrypts no assertions, so it does not keep keys for them. */
export function refusePrivateKeys(input: {
  readonly AddPrivateKey?: string;
  readonly AssertionEncryptionMode?: string;
}): void {
  if (input.AddPrivateKey !== undefined) throw invalidInput("Private keys of SAML providers are not supported");
  if (input.AssertionEncryptionMode === "Required") {
    throw invalidInput("A private key is needed to require encrypted assertions, and none is supported");
  }
}

/** The end of a metadata document's validity. Refuses other text. */
export function validUntil(metadata: string, now: Date): Date {
  const until = readMetadata(metadata, now);
  if (!until) throw invalidInput("Could not parse metadata");
  return until;
}
