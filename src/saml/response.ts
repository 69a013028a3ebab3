import type { KeyObject } from "node:crypto";
import { decrypted } from "./decryption.ts";
import { signedForm } from "./signature.ts";
import { children, isElement, namespaces, parseXml, withDescendants, type XmlElement } from "./xml.ts";

/**
 * Why a response proves nothing: it is no response with one assertion, the provider refused the user, the assertion is
 * encrypted for a key that is not there, or no key of the provider signed it. What cannot be decrypted counts as unsigned.
 */
export type ResponseFault = "malformed" | "refused" | "encrypted" | "unsigned";

export interface VerifiedAssertion {
  readonly assertion: XmlElement;
  readonly wasEncrypted: boolean;
}

/** The keys of a provider. */
export interface ProviderKeys {
  /** Of the keys that sign: DER in base64. */
  readonly certificates: readonly string[];
  /** Assertions may be encrypted for them. */
  readonly privateKeys: readonly KeyObject[];
}

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/**
 * The assertion in a provider's response, as one of the provider's keys signed it. The signature may be the assertion's or
 * that of the whole response; where both have one, both must be good.
 */
export function signedAssertion(
  xml: string,
  { certificates, privateKeys }: ProviderKeys,
): VerifiedAssertion | ResponseFault {
  const response = parseXml(xml);
  if (!response || !isElement(response, namespaces.protocol, "Response")) return "malformed";
  const elements = [...withDescendants(response)];
  if (!haveOwnIds(elements)) return "malformed";
  const [assertion, ...more] = elements.filter(isAssertion);
  if (statusOf(response) !== success) return "refused";
  // A second one, wherever it hides, could be read in place of the one that was signed.
  if (!assertion || more.length > 0 || assertion.parentNode !== response) return "malformed";
  const whole = verified(xml, response, certificates);
  if (isElement(assertion, namespaces.assertion, "Assertion")) {
    const own = verified(xml, assertion, certificates);
    const isAll = signaturesIn(response) === own.count + whole.count;
    if (!isAll || own.isBad || whole.isBad) return "unsigned";
    const read = assertionIn(own.form ?? whole.form);
    return read ? { assertion: read, wasEncrypted: false } : "unsigned";
  }
  if (privateKeys.length === 0) return "encrypted";
  if (whole.isBad || signaturesIn(response) !== whole.count) return "unsigned";
  const encrypted = whole.form === undefined ? assertion : assertionIn(whole.form, "EncryptedAssertion");
  const content = encrypted && decrypted(encrypted, privateKeys);
  const inner = content === undefined ? undefined : decryptedAssertion(content, certificates, whole.form !== undefined);
  return inner ? { assertion: inner, wasEncrypted: true } : "unsigned";
}

/** The assertion in what was decrypted, if it is signed. It need not be where the response around it is. */
function decryptedAssertion(xml: string, certificates: readonly string[], isInSigned: boolean): XmlElement | undefined {
  const root = parseXml(xml);
  if (!root || !isElement(root, namespaces.assertion, "Assertion")) return undefined;
  const elements = [...withDescendants(root)];
  if (!haveOwnIds(elements) || elements.filter(isAssertion).length > 1) return undefined;
  const own = verified(xml, root, certificates);
  if (own.isBad || signaturesIn(root) !== own.count) return undefined;
  if (own.form !== undefined) return assertionIn(own.form);
  return isInSigned ? root : undefined;
}

function isAssertion(element: XmlElement): boolean {
  return ["Assertion", "EncryptedAssertion"].some((name) => isElement(element, namespaces.assertion, name));
}

function signaturesIn(root: XmlElement): number {
  return [...withDescendants(root)].filter((each) => isElement(each, namespaces.signature, "Signature")).length;
}

/** The signature right below an element: bad where it is not the provider's, or one of several. */
function verified(xml: string, signed: XmlElement, certificates: readonly string[]) {
  const [signature, ...more] = children(signed, namespaces.signature, "Signature");
  if (!signature) return { count: 0, isBad: false, form: undefined };
  const form = more.length > 0 ? undefined : signedForm(xml, signature, signed, certificates);
  return { count: 1 + more.length, isBad: form === undefined, form };
}

/** A signature names what it signs by its id. */
function haveOwnIds(elements: readonly XmlElement[]): boolean {
  const ids = elements.flatMap(({ attributes }) =>
    Array.from(attributes).flatMap(({ localName, value }) => (localName.toLowerCase() === "id" ? [value] : [])),
  );
  return new Set(ids).size === ids.length;
}

function statusOf(response: XmlElement): string | undefined {
  const [status] = children(response, namespaces.protocol, "Status");
  const [code] = status ? children(status, namespaces.protocol, "StatusCode") : [];
  return code?.getAttribute("Value");
}

function assertionIn(form: string | undefined, name = "Assertion"): XmlElement | undefined {
  const root = form === undefined ? undefined : parseXml(form);
  if (!root || isElement(root, namespaces.assertion, name)) return root;
  return children(root, namespaces.assertion, name)[0];
}
