import { createPrivateKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";

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
  /** `2036-01-02T03:04:05Z`. */
  readonly expires?: string;
}

/** A new certificate of version 1 for a new key on P-256: https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
export function issueCertificate(
  subject: string,
  { issuer, expires = "2048-01-02T03:04:05Z" }: CertificateOptions = {},
): IssuedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(identifier("2a8648ce3d040302"));
  const content = sequence(
    tagged(0x02, Buffer.from(`01${Date.now().toString(16).padStart(12, "0")}`, "hex")),
    algorithm,
    name(issuer?.subject ?? subject),
    sequence(time("2020-01-01T00:00:00Z"), time(expires)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signer: KeyObject = issuer ? createPrivateKey(issuer.privateKey) : privateKey;
  const signature = tagged(0x03, Buffer.of(0), sign("sha256", content, signer));
  return {
    pem: new X509Certificate(sequence(content, algorithm, signature)).toString(),
    privateKey: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    subject,
    expiresAt: new Date(expires),
  };
}

function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 128 ? Buffer.of(content.length) : Buffer.of(0x82, content.length >> 8, content.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, content]);
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

function time(iso: string): Buffer {
  return tagged(0x17, Buffer.from(`${iso.slice(2).replaceAll(/[-:T]/g, "")}`));
}
