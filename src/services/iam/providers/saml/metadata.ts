import { readMetadata } from "../../../../saml/index.ts";
import { invalidInput } from "../../errors.ts";
import type { SamlProvider } from "./provider.ts";

/** A hundred years. */
const unlimited = 100 * 365.25 * 24 * 60 * 60 * 1000;

/** What of a metadata document is kept beside it. Without an end of its validity it is valid for a hundred years. */
export function readProvider(
  metadata: string,
  now: Date,
): Pick<SamlProvider, "metadata" | "entityId" | "certificates" | "validUntil"> {
  const read = readMetadata(metadata);
  if (!read) throw invalidInput("Could not parse metadata");
  const { entityId, certificates, validUntil = new Date(now.getTime() + unlimited) } = read;
  return { metadata, entityId, certificates, validUntil };
}
