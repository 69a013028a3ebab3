import { X509Certificate } from "node:crypto";
import { children, isElement, namespaces, parseXml, textOf, timeIn, type XmlElement } from "./xml.ts";

/** An identity provider, as its metadata document describes it. */
export interface SamlMetadata {
  /** The issuer of its assertions. */
  readonly entityId: string;
  /** Absent where the document does not say it. */
  readonly validUntil: Date | undefined;
  /** The certificates whose keys sign its assertions: DER in base64. */
  readonly certificates: readonly string[];
}

const longestEntityId = 1024;
/** Bits of an RSA key. */
const shortestKey = 1024;
/** Each is tried for every signature. */
const mostCertificates = 20;

/**
 * Reads the metadata of an identity provider. `undefined` for other text, and for metadata without certificates that could
 * verify an assertion. https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf
 */
export function readMetadata(text: string): SamlMetadata | undefined {
  const root = parseXml(text);
  if (!root || !isElement(root, namespaces.metadata, "EntityDescriptor")) return undefined;
  const entityId = root.getAttribute("entityID");
  const validUntil = timeIn(root, "validUntil");
  if (entityId === "" || entityId.length > longestEntityId || validUntil === "invalid") return undefined;
  const certificates = children(root, namespaces.metadata, "IDPSSODescriptor").flatMap(signingCertificates);
  if (certificates.length === 0 || certificates.length > mostCertificates) return undefined;
  return certificates.every(isUsable) ? { entityId, validUntil, certificates } : undefined;
}

function signingCertificates(descriptor: XmlElement): readonly string[] {
  return children(descriptor, namespaces.metadata, "KeyDescriptor")
    .filter((key) => ["", "signing"].includes(key.getAttribute("use")))
    .flatMap((key) => children(key, namespaces.signature, "KeyInfo"))
    .flatMap((info) => children(info, namespaces.signature, "X509Data"))
    .flatMap((data) => children(data, namespaces.signature, "X509Certificate"))
    .map((certificate) => textOf(certificate).replace(/\s+/g, ""));
}

function isUsable(certificate: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(certificate)) return false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = new X509Certificate(Buffer.from(certificate, "base64"))
      .publicKey;
    return asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= shortestKey;
  } catch {
    return false;
  }
}
