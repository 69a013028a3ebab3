import { X509Certificate } from "node:crypto";
import { createRequire } from "node:module";
import { children, isElement, namespaces, textOf, type XmlElement } from "./xml.ts";

/** The part of the library that is used here; its types would declare a browser's globals everywhere. */
interface SignedXml {
  SignatureAlgorithms: Record<string, unknown>;
  HashAlgorithms: Record<string, unknown>;
  CanonicalizationAlgorithms: Record<string, unknown>;
  loadSignature(signature: XmlElement): void;
  checkSignature(xml: string): boolean;
  getSignedReferences(): string[];
}

interface XmlCrypto {
  readonly SignedXml: new (options: { publicCert: string; getCertFromKeyInfo(): null }) => SignedXml;
}

const require = createRequire(import.meta.url);
const { SignedXml }: XmlCrypto = require("xml-crypto");

const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const enveloped = `${namespaces.signature}enveloped-signature`;
/** SHA-1 is not among them: whoever can have an assertion signed could find another one of the same digest. */
const allowed = {
  signatures: [
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  ],
  digests: ["http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmlenc#sha512"],
  /** Those of section 5.4.4 of SAML's core specification. */
  transforms: [enveloped, exclusive, `${exclusive}WithComments`],
};

/**
 * The canonical form of the element that a signature right below it signs, if one of the certificates' keys made the
 * signature; else `undefined`. `xml` is the whole document. Only this form may be read: it is what was signed.
 */
export function signedForm(
  xml: string,
  signature: XmlElement,
  signed: XmlElement,
  certificates: readonly string[],
): string | undefined {
  if (!signsThis(signature, signed)) return undefined;
  for (const certificate of certificates) {
    const form = formSignedBy(xml, signature, certificate);
    if (form !== undefined) return form;
  }
  return undefined;
}

function formSignedBy(xml: string, signature: XmlElement, certificate: string): string | undefined {
  const { publicKey } = new X509Certificate(Buffer.from(certificate, "base64"));
  // The key that a signature brings along proves nothing.
  const publicCert = publicKey.export({ format: "pem", type: "spki" }).toString();
  const checker = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
  checker.SignatureAlgorithms = only(checker.SignatureAlgorithms, allowed.signatures);
  checker.HashAlgorithms = only(checker.HashAlgorithms, allowed.digests);
  checker.CanonicalizationAlgorithms = only(checker.CanonicalizationAlgorithms, allowed.transforms);
  try {
    checker.loadSignature(signature);
    if (!checker.checkSignature(xml)) return undefined;
  } catch {
    // This is how the library says that the signature is not the key's.
    return undefined;
  }
  const [form, ...more] = checker.getSignedReferences();
  return more.length === 0 ? form : undefined;
}

function only(known: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, known[name]]));
}

/** True if the signature is of the one form in which it can be of nothing but `signed`. */
function signsThis(signature: XmlElement, signed: XmlElement): boolean {
  const [info, value, ...others] = childrenNamed(signature, ["SignedInfo", "SignatureValue", "KeyInfo"]) ?? [];
  if (!info || !value || others.length > 1 || textOf(value) === "") return false;
  const parts = childrenNamed(info, ["CanonicalizationMethod", "SignatureMethod", "Reference"]) ?? [];
  const [canonicalization, method, reference] = parts;
  if (!canonicalization?.getAttribute("Algorithm").startsWith(exclusive) || !method || !reference) return false;
  const id = signed.getAttribute("ID");
  if (!/^[A-Za-z_][\w.-]*$/.test(id) || reference.getAttribute("URI") !== `#${id}`) return false;
  const [transforms] = childrenNamed(reference, ["Transforms", "DigestMethod", "DigestValue"]) ?? [];
  const names = transforms ? children(transforms).map((each) => each.getAttribute("Algorithm")) : [];
  // Without the first transform the signature would be part of what it signs; the second ends in the form that is signed.
  return names.length === 2 && names[0] === enveloped && names.every((name) => allowed.transforms.includes(name));
}

/** The children, if they are these in this order; the last ones may be missing. */
function childrenNamed(parent: XmlElement, names: readonly string[]): readonly XmlElement[] | undefined {
  const all = children(parent);
  const fits = all.every((child, index) => isElement(child, namespaces.signature, names[index] ?? ""));
  return fits ? all : undefined;
}
