import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  X509Certificate,
} from "node:crypto";
import { isIPv4 } from "node:net";
import { keptKeyPair } from "./kept-key-pairs.ts";

/** A key pair of RSA and a certificate that it made for itself. */
export interface Certified {
  readonly privateKey: KeyObject;
  /** DER in base64. */
  readonly certificate: string;
}

/** A certificate with its private key, both in PEM. */
export interface IssuedCertificate {
  readonly pem: string;
  readonly privateKey: string;
  readonly subject: string;
  readonly expiresAt: Date;
}

interface CertificateOptions {
  /** Who signs it; the certificate itself unless given. */
  readonly issuer?: IssuedCertificate;
  /** DNS names and IPv4 addresses of a server; an authority unless given. */
  readonly names?: readonly string[];
  /** `2036-01-02T03:04:05Z`. */
  readonly expires?: string;
}

interface Content {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  readonly signer: KeyObject;
  readonly expires: string;
  readonly names?: readonly string[];
}

/** Another pair at every call, from those that tests keep if it is one of RSA 2048. Good until 2120. */
export async function certified(bits = 2048): Promise<Certified> {
  const { publicKey, privateKey } =
    bits === 2048 ? await keptPair() : generateKeyPairSync("rsa", { modulusLength: bits });
  const names = { subject: "idp", issuer: "idp" };
  const der = certificateOf({ ...names, publicKey, signer: privateKey, expires: "2120-01-01T00:00:00Z" });
  return { privateKey, certificate: der.toString("base64") };
}

async function keptPair(): Promise<{ readonly publicKey: KeyObject; readonly privateKey: KeyObject }> {
  const pair = await keptKeyPair("RSA_2048");
  return {
    privateKey: createPrivateKey({ key: Buffer.from(pair.privateKey), format: "der", type: "pkcs8" }),
    publicKey: createPublicKey({ key: Buffer.from(pair.publicKey), format: "der", type: "spki" }),
  };
}

/** A new certificate for a new key on P-256. */
export function issueCertificate(
  subject: string,
  { issuer, names, expires = "2048-01-02T03:04:05Z" }: CertificateOptions = {},
): IssuedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signer = issuer ? createPrivateKey(issuer.privateKey) : privateKey;
  const der = certificateOf({
    subject,
    publicKey,
    issuer: issuer?.subject ?? subject,
    signer,
    expires,
    ...(names && { names }),
  });
  return {
    pem: new X509Certificate(der).toString(),
    privateKey: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    subject,
    expiresAt: new Date(expires),
  };
}

/**
 * A certificate, good from 2020 on, in DER: https://www.rfc-editor.org/rfc/rfc5280#section-4.1. Of version 1, or of version 3
 * where it has names.
 */
function certificateOf({ subject, publicKey, issuer, signer, expires, names }: Content): Buffer {
  const algorithm =
    signer.asymmetricKeyType === "rsa"
      ? sequence(identifier("2a864886f70d01010b"), tagged(0x05)) // sha256WithRSAEncryption
      : sequence(identifier("2a8648ce3d040302")); // ecdsa-with-SHA256
  const content = sequence(
    ...(names ? [tagged(0xa0, tagged(0x02, Buffer.of(2)))] : []),
    tagged(0x02, Buffer.from(`01${Date.now().toString(16).padStart(12, "0")}`, "hex")),
    algorithm,
    name(issuer),
    sequence(time("2020-01-01T00:00:00Z"), time(expires)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    ...(names ? [tagged(0xa3, sequence(alternativeNames(names)))] : []),
  );
  return sequence(content, algorithm, tagged(0x03, Buffer.of(0), sign("sha256", content, signer)));
}

function alternativeNames(names: readonly string[]): Buffer {
  const values = names.map((one) =>
    isIPv4(one) ? tagged(0x87, Buffer.from(one.split(".").map(Number))) : tagged(0x82, Buffer.from(one)),
  );
  return sequence(identifier("551d11"), tagged(0x04, sequence(...values)));
}

function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const bytes = [content.length >> 8, content.length & 0xff];
  // The shortest form, as strict readers want it.
  const length =
    content.length < 128 ? bytes.slice(1) : content.length < 256 ? [0x81, ...bytes.slice(1)] : [0x82, ...bytes];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...contents);
}

function identifier(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

/** A name with a common name only. */
function name(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(identifier("550403"), tagged(0x0c, Buffer.from(commonName)))));
}

/** With a year of four digits from 2050 on, as RFC 5280 has it. */
function time(iso: string): Buffer {
  const digits = iso.replaceAll(/[-:T]/g, "");
  return iso < "2050" ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
}
