import type { PayloadContainer } from "../../acs/protocol.ts";

/** The docker labels of the payload's container. */
export function labelsOf({ dockerConfig }: Pick<PayloadContainer, "dockerConfig">): Readonly<Record<string, string>> {
  const labels: unknown = parseDocument(dockerConfig.config).Labels;
  return typeof labels === "object" && labels !== null ? (labels as Record<string, string>) : {};
}

/** A document that is none is reported where the container is created. */
export function parseDocument(document: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(document));
  } catch {
    return {};
  }
}
