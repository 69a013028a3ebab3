import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Clock } from "../../../clock.ts";
import { isRecord } from "./json.ts";

/** A provider does not answer, or does not answer with keys. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
  readonly reason: "unreachable" | "unusable";

  constructor(reason: KeysUnavailable["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Milliseconds for both documents together, as long as AWS waits. */
const patience = 5_000;
/** Bytes of a document. */
const largestDocument = 256 * 1024;
/** Milliseconds after which keys are read again. */
const lifetime = 60 * 60 * 1000;
/** Milliseconds between two reads because of an unknown key or a failure. */
const pause = 30_000;
const mostProviders = 200;

export interface KeysOptions {
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  /** For tests of slow providers. */
  readonly patience?: number;
}

type Reading = { readonly at: number; readonly keys: Promise<JWTVerifyGetKey> };

/** Finds the key that a token's header names, through the issuer's discovery document. Rejects with `KeysUnavailable`. */
export function identityProviderKeys(options: KeysOptions) {
  const { clock } = options;
  const readings = new Map<string, Reading>();

  function read(issuer: string): Reading {
    const [oldest] = readings.keys();
    if (oldest !== undefined && readings.size >= mostProviders) readings.delete(oldest);
    const keys = readKeys(options, issuer);
    // Callers that wait get the error; there may be none.
    keys.catch(() => {});
    const reading = { at: clock.now().getTime(), keys };
    readings.set(issuer, reading);
    return reading;
  }

  return (issuer: string): JWTVerifyGetKey =>
    async (header, token) => {
      const age = ({ at }: Reading) => clock.now().getTime() - at;
      let reading = readings.get(issuer);
      if (!reading || age(reading) >= lifetime) reading = read(issuer);
      try {
        return await (await reading.keys)(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey || error instanceof KeysUnavailable)) throw error;
        // Keys are rotated, and providers come back; but a stranger's tokens must not make this server ask all the time.
        const latest = readings.get(issuer);
        const next = latest && age(latest) < pause ? latest : read(issuer);
        if (next === reading) throw error;
        return (await next.keys)(header, token);
      }
    };
}

async function readKeys({ fetch, ...options }: KeysOptions, issuer: string): Promise<JWTVerifyGetKey> {
  const signal = AbortSignal.timeout(options.patience ?? patience);
  const configuration = await readDocument(
    fetch,
    `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    signal,
  );
  const { issuer: named, jwks_uri: uri } = configuration;
  if (named !== issuer) throw unusable(`The discovery document is of another issuer than ${issuer}`);
  if (typeof uri !== "string") throw unusable("The discovery document names no jwks_uri");
  const keys: unknown = await readDocument(fetch, uri, signal);
  if (!isKeySet(keys)) throw unusable("The key set is malformed");
  return createLocalJWKSet(keys);
}

/** Checks the document as `createLocalJWKSet` does. A key's own members are checked when a token names it. */
function isKeySet(document: unknown): document is JSONWebKeySet {
  return isRecord(document) && Array.isArray(document.keys) && document.keys.every(isRecord);
}

async function readDocument(
  fetch: KeysOptions["fetch"],
  url: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  if (!isSafe(url)) throw unusable(`Neither HTTPS nor on this machine: ${url}`);
  let text: string;
  try {
    // A redirect could lead anywhere.
    const response = await fetch(url, { signal, redirect: "error", headers: { accept: "application/json" } });
    if (!response.ok) {
      await response.body?.cancel();
      throw new KeysUnavailable(response.status >= 500 ? "unreachable" : "unusable", `Status ${response.status}`);
    }
    text = await boundedText(response);
  } catch (cause) {
    throw cause instanceof KeysUnavailable
      ? cause
      : new KeysUnavailable("unreachable", `Cannot read ${url}`, { cause });
  }
  const document = parsed(text);
  if (!isRecord(document)) throw unusable(`No JSON object: ${url}`);
  return document;
}

/** `undefined` if the text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > largestDocument) throw unusable(`More than ${largestDocument} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Plain HTTP is for providers on this machine. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === "https:") return true;
  return protocol === "http:" && (/^127(\.\d+){3}$/.test(hostname) || ["localhost", "[::1]"].includes(hostname));
}

function unusable(message: string): KeysUnavailable {
  return new KeysUnavailable("unusable", message);
}
