import { createHash, type KeyObject } from "node:crypto";
import {
  ExpiredTokenException$,
  IDPRejectedClaimException$,
  InvalidIdentityTokenException$,
} from "@aws-sdk/client-sts";
import { parseArn } from "../../../arn.ts";
import type { Clock } from "../../../clock.ts";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Principal } from "../../../model/call.ts";
import { accessDenied, validationError } from "../../../model/common-errors.ts";
import { type Assertion, readAssertion, signedAssertion } from "../../../saml/index.ts";
import { isSourceIdentity } from "../web-identity/attributes.ts";
import { type AwsAttributes, awsAttributes } from "./attributes.ts";
import { attributeKeys } from "./condition-keys.ts";
import { isForAws, isRecipient } from "./endpoints.ts";
import type { SamlPrincipal } from "./principal.ts";

/** A provider that is registered in IAM. */
export interface SamlProvider {
  readonly uuid: string;
  /** The issuer of its assertions. */
  readonly entityId: string;
  /** DER in base64. */
  readonly certificates: readonly string[];
  readonly validUntil: Date;
  /** `Required` where its assertions must be encrypted. */
  readonly encryptionMode: "Required" | "Allowed" | undefined;
}

export interface SamlProviders {
  findSamlProvider(account: string, name: string): Promise<SamlProvider | undefined>;
  /** The private keys of the provider of that id, for which its assertions may be encrypted. */
  privateKeys(uuid: string): Promise<readonly KeyObject[]>;
}

export interface SamlOptions {
  readonly samlProviders: SamlProviders;
  readonly clock: Clock;
  readonly partition: string;
}

export interface SamlRequest {
  /** The provider's response, in base64. */
  readonly assertion: string;
  readonly roleArn: string;
  readonly providerArn: string;
}

/** Milliseconds after its issue for which an assertion is good. */
const redeemable = 5 * 60 * 1000;
/** Milliseconds that a provider's clock may be ahead. */
const skew = 5 * 60 * 1000;
const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
const longestSubject = 255;

/**
 * The user whom a provider's response names. Verifies that the provider signed it for AWS, lately, and that it gives the user
 * the role. An assertion may be used again while it is good: it often names several roles.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
 */
export async function samlIdentity(
  { samlProviders, clock, partition }: SamlOptions,
  { assertion: encoded, roleArn, providerArn }: SamlRequest,
): Promise<SamlPrincipal> {
  const { account, name } = providerIn(providerArn, partition);
  const provider = await samlProviders.findSamlProvider(account, name);
  if (!provider) throw invalidToken("Specified provider doesn't exist");
  const now = clock.now();
  if (provider.validUntil <= now) throw invalidToken("The metadata of the specified provider has expired");
  const assertion = verified(decoded(encoded), provider, await samlProviders.privateKeys(provider.uuid));
  const { recipient } = checked(assertion, provider, now);
  const attributes = awsAttributes(assertion);
  if (!attributes) throw invalidToken("Your request included an invalid SAML response");
  const isGiven = attributes.roles.some((pair) => pair.roleArn === roleArn && pair.providerArn === providerArn);
  const { subject } = assertion;
  // AWS does not say which of them is missing.
  if (!isGiven || !subject || subject.name === "" || parseArn(roleArn)?.account !== account) throw notAuthorized();
  if (subject.name.length > longestSubject || /\p{Cc}/u.test(subject.name)) {
    throw invalidToken("The NameID of the response is no subject for a session");
  }
  const { tags, transitiveTagKeys } = tagsOf(attributes);
  const nameQualifier = hashOf(`${assertion.issuer}${account}/${name}`);
  const subjectType = subject.format.startsWith(nameIdFormat)
    ? subject.format.slice(nameIdFormat.length)
    : subject.format;
  const lasting = { "saml:namequalifier": nameQualifier, "saml:sub": subject.name, "saml:sub_type": subjectType };
  const principal: Principal = {
    kind: "web-identity",
    arn: providerArn,
    account,
    userId: `${nameQualifier}:${subject.name}`,
    userName: subject.name,
    accessKeyId: "",
    tags,
    transitiveTagKeys,
    ...defined({ sourceIdentity: sourceIdentityOf(attributes) }),
    sessionKeys: {
      ...attributeKeys(assertion),
      ...lasting,
      "saml:aud": recipient,
      "saml:iss": assertion.issuer,
      "saml:doc": `${account}/${name}`,
    },
  };
  return {
    ...principal,
    saml: {
      sessionName: sessionNameOf(attributes),
      longest: longestSession(assertion, attributes, now),
      sessionKeys: { "aws:FederatedProvider": providerArn, ...lasting },
      answer: {
        ...{ Subject: subject.name, SubjectType: subjectType, Issuer: assertion.issuer },
        ...{ Audience: recipient, NameQualifier: nameQualifier },
      },
    },
  };
}

function providerIn(arn: string, partition: string): { readonly account: string; readonly name: string } {
  const parts = parseArn(arn);
  if (!parts?.partition || !parts.service || !parts.resource) throw validationError(`${arn} is invalid`);
  const [, name] = /^saml-provider\/([\w.+=,@-]+)$/.exec(parts.resource) ?? [];
  const isProvider = parts.service === "iam" && parts.region === "" && parts.partition === partition;
  if (name === undefined || !isProvider) throw validationError("Request ARN is invalid");
  return { account: parts.account, name };
}

function decoded(encoded: string): string {
  const base64 = encoded.replace(/\s+/g, "");
  const bytes = Buffer.from(base64, "base64");
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  if (!isBase64) throw invalidToken("Invalid base64 SAMLResponse");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidToken("Your request included an invalid SAML response");
  }
}

function verified(
  xml: string,
  { certificates, encryptionMode }: SamlProvider,
  privateKeys: readonly KeyObject[],
): Assertion {
  const signed = signedAssertion(xml, { certificates, privateKeys });
  if (signed === "refused") {
    throw new ApiError(IDPRejectedClaimException$, "The identity provider reported that authentication failed");
  }
  if (signed === "encrypted") throw invalidToken("The specified provider has no private key to decrypt the response");
  if (signed === "unsigned") throw invalidToken("Response signature invalid");
  if (signed !== "malformed" && encryptionMode === "Required" && !signed.wasEncrypted) {
    throw invalidToken("The specified provider requires encrypted assertions");
  }
  const assertion = signed === "malformed" ? undefined : readAssertion(signed.assertion);
  if (!assertion) throw invalidToken("Your request included an invalid SAML response");
  return assertion;
}

/** Refuses an assertion that another provider made, that is for others, or not for this time. Gives its confirmation. */
function checked(assertion: Assertion, { entityId, uuid }: SamlProvider, now: Date) {
  if (assertion.issuer !== entityId) throw invalidToken("Issuer not present in specified provider");
  const [confirmation, ...more] = assertion.confirmations;
  if (!confirmation || more.length > 0 || confirmation.method !== bearer || !confirmation.notOnOrAfter) {
    throw invalidToken("Your request included an invalid SAML response");
  }
  const { audienceRestrictions: restrictions } = assertion;
  const isMeant = restrictions.length > 0 && restrictions.every((each) => each.some((one) => isForAws(one, uuid)));
  if (!isRecipient(confirmation.recipient, uuid) || !isMeant) {
    throw invalidToken("Response does not contain the required audience");
  }
  const { issuedAt, notBefore, notOnOrAfter, sessionNotOnOrAfter } = assertion;
  const begins = [issuedAt, notBefore, confirmation.notBefore].flatMap((time) => time ?? []);
  if (begins.some((time) => time.getTime() > now.getTime() + skew)) throw invalidToken("The response is not valid yet");
  const ends = [confirmation.notOnOrAfter, notOnOrAfter, sessionNotOnOrAfter].flatMap((time) => time ?? []);
  if (now.getTime() > issuedAt.getTime() + redeemable || ends.some((time) => time <= now)) {
    throw new ApiError(ExpiredTokenException$, "Token must be redeemed within 5 minutes of issuance");
  }
  return confirmation;
}

function sessionNameOf({ sessionName }: AwsAttributes): string {
  if (sessionName === undefined) throw invalidToken("RoleSessionName is required in AuthnResponse");
  if (/^[a-zA-Z_0-9+=,.@-]{2,64}$/.test(sessionName)) return sessionName;
  throw invalidToken("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
}

function sourceIdentityOf({ sourceIdentity }: AwsAttributes): string | undefined {
  if (sourceIdentity === undefined || isSourceIdentity(sourceIdentity)) return sourceIdentity;
  throw invalidToken('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"');
}

function tagsOf({ tags }: AwsAttributes): NonNullable<AwsAttributes["tags"]> {
  if (tags) return tags;
  throw new ApiError(IDPRejectedClaimException$, "The session tags of the response are not of the form that AWS wants");
}

/** Seconds that the provider lets the session last; `undefined` if it does not say. */
function longestSession(
  { sessionNotOnOrAfter: end }: Assertion,
  { sessionDuration }: AwsAttributes,
  now: Date,
): number | undefined {
  const seconds = Number(sessionDuration);
  if (sessionDuration !== undefined && !(/^\d{3,5}$/.test(sessionDuration) && seconds >= 900 && seconds <= 43_200)) {
    throw invalidToken("SessionDuration in AuthnResponse must be a number of seconds from 900 to 43200");
  }
  const limits = [
    ...(sessionDuration === undefined ? [] : [seconds]),
    ...(end === undefined ? [] : [Math.max(1, Math.floor((end.getTime() - now.getTime()) / 1000))]),
  ];
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** As AWS's documentation has it: BASE64(SHA1("https://example.com/saml" + "123456789012" + "/MySAMLIdP")). */
function hashOf(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

function notAuthorized(): ApiError {
  return accessDenied("Not authorized to perform sts:AssumeRoleWithSAML");
}

function invalidToken(message: string): ApiError {
  return new ApiError(InvalidIdentityTokenException$, message);
}
