import { invalidInput } from "../../errors.ts";
import { mostThumbprints } from "./provider.ts";

/** Refuses text that is not a SHA-1 digest, and more digests than a provider may have. */
export function checkThumbprints(thumbprints: readonly string[]): void {
  if (thumbprints.length > mostThumbprints) {
    throw invalidInput(`Thumbprint list must contain fewer than ${mostThumbprints} entries.`);
  }
  const wrong = thumbprints.find((thumbprint) => !/^[0-9a-f]{40}$/i.test(thumbprint));
  if (wrong !== undefined) throw invalidInput(`Thumbprint ${wrong} is not a SHA-1 fingerprint in hexadecimal.`);
}
