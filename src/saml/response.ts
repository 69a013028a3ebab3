import { signedForm } from "./signature.ts";
import { children, isElement, namespaces, parseXml, withDescendants, type XmlElement } from "./xml.ts";

/**
 * Why a response proves nothing: it is no response with one assertion, the provider refused the user, the assertion is
 * encrypted, or no key of the provider signed it.
 */
export type ResponseFault = "malformed" | "refused" | "encrypted" | "unsigned";

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/**
 * The assertion in a provider's response, as one of the provider's keys signed it. The signature may be the assertion's or
 * that of the whole response; where both have one, both must be good.
 */
export function signedAssertion(xml: string, certificates: readonly string[]): XmlElement | ResponseFault {
  const response = parseXml(xml);
  if (!response || !isElement(response, namespaces.protocol, "Response")) return "malformed";
  const elements = [...withDescendants(response)];
  if (!haveOwnIds(elements)) return "malformed";
  const [assertion, ...more] = elements.filter((each) => isElement(each, namespaces.assertion, "Assertion"));
  if (statusOf(response) !== success) return "refused";
  if (elements.some((each) => isElement(each, namespaces.assertion, "EncryptedAssertion"))) return "encrypted";
  // A second one, wherever it hides, could be read in place of the one that was signed.
  if (!assertion || more.length > 0 || assertion.parentNode !== response) return "malformed";
  const signatures = elements.filter((each) => isElement(each, namespaces.signature, "Signature"));
  const own = children(assertion, namespaces.signature, "Signature");
  const whole = children(response, namespaces.signature, "Signature");
  if (signatures.length === 0 || own.length > 1 || whole.length > 1) return "unsigned";
  if (signatures.length > own.length + whole.length) return "unsigned";
  const forms = [
    ...own.map((signature) => signedForm(xml, signature, assertion, certificates)),
    ...whole.map((signature) => signedForm(xml, signature, response, certificates)),
  ];
  const [form] = forms;
  if (form === undefined || forms.includes(undefined)) return "unsigned";
  return assertionIn(form) ?? "unsigned";
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

function assertionIn(form: string): XmlElement | undefined {
  const root = parseXml(form);
  if (!root || isElement(root, namespaces.assertion, "Assertion")) return root;
  return children(root, namespaces.assertion, "Assertion")[0];
}
