import { X509Certificate } from "node:crypto";
import { MalformedCertificateException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../model/api-error.ts";

/** The certificates in a text that is nothing but certificates in PEM; `undefined` for every other text. */
export function readCertificates(pem: string): readonly X509Certificate[] | undefined {
  const form = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g;
  const blocks = pem.match(form);
  if (!blocks || pem.replaceAll(form, "").trim() !== "") return undefined;
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

export function malformedCertificate(message: string): ApiError {
  return new ApiError(MalformedCertificateException$, message);
}

/** Refuses a certificate that has expired. */
export function refuseExpired({ validToDate }: X509Certificate, time: Date): void {
  if (validToDate.getTime() >= time.getTime()) return;
  throw malformedCertificate(
    "Certificate is no longer valid. The 'Not After' date restricts the use of the certificate.",
  );
}
