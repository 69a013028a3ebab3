import type { Tags } from "../../tags.ts";
import { providerArns } from "../arns.ts";

/** A SAML identity provider. It is kept as a record: this server does not read its assertions. */
export interface SamlProvider {
  readonly account: string;
  readonly name: string;
  readonly uuid: string;
  readonly metadata: string;
  readonly encryptionMode: "Required" | "Allowed" | undefined;
  readonly tags: Tags;
  readonly createdAt: Date;
  readonly validUntil: Date;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostSamlProviders = 100;

export const { arnOf: samlProviderArn, nameIn: samlProviderName } = providerArns("saml-provider/");

/** A hundred years. */
const unlimited = 100 * 365.25 * 24 * 60 * 60 * 1000;

/**
 * The end of a metadata document's validity: as it says, else in a hundred years. Gives `undefined` for other text than
 * metadata of an identity provider. The XML is not parsed: it is only shown again.
 */
export function readMetadata(metadata: string, now: Date): Date | undefined {
  const root = /^<(?:[\w.-]+:)?EntityDescriptor(\s[^>]*)>/.exec(withoutProlog(metadata))?.[1];
  if (root === undefined || !/\bentityID\s*=/.test(root) || !/<(?:[\w.-]+:)?IDPSSODescriptor[\s/>]/.test(metadata)) {
    return undefined;
  }
  const until = /\bvalidUntil\s*=\s*["']([^"']*)["']/.exec(root)?.[1];
  if (until === undefined) return new Date(now.getTime() + unlimited);
  const date = new Date(until);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The text from the root element on. */
function withoutProlog(xml: string): string {
  let rest = xml.trimStart();
  for (const [begin, end] of [
    ["<?", "?>"],
    ["<!--", "-->"],
  ] as const) {
    while (rest.startsWith(begin)) {
      const after = rest.indexOf(end, begin.length);
      if (after < 0) return "";
      rest = rest.slice(after + end.length).trimStart();
    }
  }
  return rest;
}
