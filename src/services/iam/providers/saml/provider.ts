import type { Tags } from "../../entities/entity.ts";
import { providerArns } from "../arns.ts";

/** A SAML identity provider, kept as a record: nothing here reads its assertions. */
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
 * Until when a metadata document is valid: as it says, else for a hundred years; `undefined` where it is no metadata of
 * an identity provider. The XML is looked at, not parsed: it is shown again, and that is all that is done with it.
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

/** From the root element on. */
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
