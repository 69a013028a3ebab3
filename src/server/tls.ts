import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { createSecureContext, getCACertificates, setDefaultCACertificates } from "node:tls";
import { ConfigError } from "./config-error.ts";

/** Files in PEM: the certificate with those that lead to its root, and its private key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface TlsKeyPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Throws a `ConfigError` that does not quote the files. */
export function readKeyPair({ certFile, keyFile }: TlsFiles): TlsKeyPair {
  const pair = { cert: read("--tls-cert", certFile), key: read("--tls-key", keyFile) };
  try {
    createSecureContext(pair);
  } catch (cause) {
    const what = `the certificate ${certFile} with the key ${keyFile}`;
    throw new ConfigError(`Cannot use ${what}: ${(cause as Error).message}`, { cause });
  }
  return pair;
}

/** Trusts the authorities in a file, in PEM, beside those that this process trusts already. */
export function trustAuthorities(file: string): void {
  const pem = read("--ca-cert", file).toString();
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!found) throw new ConfigError(`Cannot use --ca-cert ${file}: it holds no certificate in PEM`);
  setDefaultCACertificates([...getCACertificates("default"), ...found]);
}

/** The file, as an absolute path, that a client has to trust: the operator's, or a certificate that nobody else has signed. */
export function fileToTrust({ certFile }: TlsFiles, caCert: string | undefined): string | undefined {
  const certificate = new X509Certificate(readFileSync(certFile));
  const file = caCert ?? (certificate.checkIssued(certificate) ? certFile : undefined);
  return file === undefined ? undefined : resolve(file);
}

/** A name of this server that its certificate has: the one given, if it is among them, else its first one. */
export function nameIn({ cert }: TlsKeyPair, name: string): string {
  const certificate = new X509Certificate(cert);
  const address = name.replace(/^\[(.*)\]$/, "$1");
  const isNamed = isIP(address) ? certificate.checkIP(address) : certificate.checkHost(name);
  if (isNamed !== undefined) return name;
  if (certificate.checkHost("localhost") !== undefined && /^(127\.|::1$)/.test(address)) return "localhost";
  const names = certificate.subjectAltName?.matchAll(/(?:^|, )DNS:([^,*\s]+)(?=,|$)/g);
  const [first] = names ?? [];
  return first?.[1] ?? name;
}

function read(flag: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new ConfigError(`Cannot read ${flag} ${file}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}
