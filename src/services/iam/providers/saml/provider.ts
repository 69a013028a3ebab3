import type { Tags } from "../../tags.ts";
import { providerArns } from "../arns.ts";

/** A SAML identity provider whose assertions roles may trust. */
export interface SamlProvider {
  readonly account: string;
  readonly name: string;
  readonly uuid: string;
  readonly metadata: string;
  /** The issuer of its assertions, as the metadata names it. */
  readonly entityId: string;
  /** The certificates of the metadata whose keys sign its assertions: DER in base64. */
  readonly certificates: readonly string[];
  readonly encryptionMode: "Required" | "Allowed" | undefined;
  readonly tags: Tags;
  readonly createdAt: Date;
  readonly validUntil: Date;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostSamlProviders = 100;

export const { arnOf: samlProviderArn, nameIn: samlProviderName } = providerArns("saml-provider/");
