import { createRequire } from "node:module";
import { type Certified, certified } from "./certificate.ts";

const { SignedXml } = createRequire(import.meta.url)("xml-crypto") as {
  SignedXml: new (
    options: object,
  ) => {
    addReference(reference: object): void;
    computeSignature(xml: string, options: object): void;
    getSignedXml(): string;
  };
};

const protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
const assertionNamespace = "urn:oasis:names:tc:SAML:2.0:assertion";
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const awsAttributes = "https://aws.amazon.com/SAML/Attributes/";

/** The metadata document of a provider with these certificates. */
export function samlMetadata(
  certificates: readonly string[],
  { entityId = "https://idp.example.com/saml", attributes = "" }: { entityId?: string; attributes?: string } = {},
): string {
  const keys = certificates.map(
    (certificate) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  );
  return `<?xml version="1.0"?>
<!-- made by hand --><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}" ${attributes}><md:IDPSSODescriptor protocolSupportEnumeration="${protocol}">${keys.join("")}</md:IDPSSODescriptor></md:EntityDescriptor>`;
}

/** The parts of a response that tests choose. */
export interface ResponseOptions {
  readonly issuer?: string;
  readonly nameId?: string;
  readonly recipient?: string;
  readonly audience?: string;
  /** Milliseconds from now. */
  readonly issued?: number;
  readonly notBefore?: number;
  readonly notOnOrAfter?: number;
  readonly sessionNotOnOrAfter?: number;
  readonly status?: string;
  /** Of AWS's own, without the names' common beginning; or with whole names. */
  readonly attributes?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface SigningOptions {
  readonly what?: "Assertion" | "Response";
  readonly by?: Certified;
  readonly algorithm?: string;
  readonly digest?: string;
  readonly transforms?: readonly string[];
}

/** A SAML identity provider, which makes responses that give a role of AWS. */
export async function samlProvider({
  roleArn,
  providerArn,
  now,
}: {
  roleArn: string;
  providerArn: string;
  now(): Date;
}) {
  const own = await certified();
  const time = (milliseconds: number) => new Date(now().getTime() + milliseconds).toISOString();

  /** A response without a signature. */
  function response(options: ResponseOptions = {}): string {
    const { issuer = "https://idp.example.com/saml", status = "urn:oasis:names:tc:SAML:2.0:status:Success" } = options;
    const format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    const { nameId = `<saml:NameID Format="${format}">mary@example.com</saml:NameID>` } = options;
    const { recipient = "https://signin.aws.amazon.com/saml", audience = "urn:amazon:webservices" } = options;
    const { issued = 0, notBefore = -60_000, notOnOrAfter = 300_000, sessionNotOnOrAfter } = options;
    const given = { Role: `${roleArn},${providerArn}`, RoleSessionName: "mary", ...options.attributes };
    const attributes = Object.entries(given).flatMap(([name, values]) => {
      if (values === undefined) return [];
      const all = [values].flat().map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`);
      return [
        `<saml:Attribute Name="${/^(urn|http|\d)/.test(name) ? name : awsAttributes + name}">${all.join("")}</saml:Attribute>`,
      ];
    });
    const session = sessionNotOnOrAfter === undefined ? "" : ` SessionNotOnOrAfter="${time(sessionNotOnOrAfter)}"`;
    return `<samlp:Response xmlns:samlp="${protocol}" ID="_response" Version="2.0" IssueInstant="${time(issued)}"><saml:Issuer xmlns:saml="${assertionNamespace}">${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${status}"/></samlp:Status><saml:Assertion xmlns:saml="${assertionNamespace}" ID="_assertion" Version="2.0" IssueInstant="${time(issued)}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject>${nameId}<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${time(notOnOrAfter)}" Recipient="${recipient}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${time(notBefore)}" NotOnOrAfter="${time(notOnOrAfter)}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${time(issued)}"${session}><saml:AuthnContext/></saml:AuthnStatement><saml:AttributeStatement>${attributes.join("")}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
  }

  function sign(xml: string, options: SigningOptions = {}): string {
    const { what = "Assertion", by = own, transforms = [enveloped, exclusive] } = options;
    const { algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" } = options;
    const { digest = "http://www.w3.org/2001/04/xmlenc#sha256" } = options;
    const privateKey = by.privateKey.export({ format: "pem", type: "pkcs8" });
    const publicCert = `-----BEGIN CERTIFICATE-----\n${by.certificate}\n-----END CERTIFICATE-----`;
    const signer = new SignedXml({
      ...{ privateKey, publicCert, signatureAlgorithm: algorithm, canonicalizationAlgorithm: exclusive },
      idAttribute: "ID",
    });
    const xpath = `/*[local-name(.)='Response']${what === "Response" ? "" : "/*[local-name(.)='Assertion']"}`;
    signer.addReference({ xpath, transforms, digestAlgorithm: digest });
    signer.computeSignature(xml, { location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: "after" } });
    return signer.getSignedXml();
  }

  return {
    ...own,
    metadata: samlMetadata([own.certificate]),
    response,
    sign,
    /** As AssumeRoleWithSAML takes it. */
    encoded: (xml: string) => Buffer.from(xml).toString("base64"),
    /** A signed response, as AssumeRoleWithSAML takes it. */
    assertion: (options: ResponseOptions = {}) => Buffer.from(sign(response(options))).toString("base64"),
  };
}
