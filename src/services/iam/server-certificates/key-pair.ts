import { createPrivateKey, type KeyObject, type X509Certificate } from "node:crypto";
import { KeyPairMismatchException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { malformedCertificate, readCertificates, refuseExpired } from "../certificate.ts";

/** What an upload is made of, in PEM. */
interface Upload {
  readonly CertificateBody: string;
  readonly PrivateKey: string;
  readonly CertificateChain?: string;
}

/**
 * The certificate of an upload. Refuses one that has expired, one that the private key does not belong to, and a chain whose
 * certificates did not sign one another, the first of them the certificate. No error quotes the private key.
 */
export function checkUpload({ CertificateBody: body, PrivateKey: pem, CertificateChain: chain }: Upload, time: Date) {
  const [certificate, ...more] = readCertificates(body) ?? [];
  if (!certificate || more.length > 0) {
    throw malformedCertificate("Unable to parse certificate. Please ensure the certificate is in PEM format.");
  }
  if (!certificate.checkPrivateKey(readPrivateKey(pem))) {
    throw new ApiError(KeyPairMismatchException$, "The public key certificate and the private key do not match.");
  }
  if (chain !== undefined) checkChain(certificate, chain);
  refuseExpired(certificate, time);
  return certificate;
}

function readPrivateKey(pem: string): KeyObject {
  if (pem.includes("ENCRYPTED")) throw malformedCertificate("Unable to parse key; the body is encrypted.");
  try {
    return createPrivateKey(pem);
  } catch {
    throw malformedCertificate("Private Key was in an unrecognized format.");
  }
}

function checkChain(certificate: X509Certificate, chain: string): void {
  const signers = readCertificates(chain);
  if (!signers) {
    throw malformedCertificate("Unable to parse certificate. Please ensure the certificate is in PEM format.");
  }
  const wrong = signers.findIndex((signer, index) => !isSignedBy(signers[index - 1] ?? certificate, signer));
  if (wrong >= 0) {
    throw malformedCertificate(
      `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${wrong - 1}`,
    );
  }
}

function isSignedBy(certificate: X509Certificate, signer: X509Certificate): boolean {
  return certificate.checkIssued(signer) && certificate.verify(signer.publicKey);
}
