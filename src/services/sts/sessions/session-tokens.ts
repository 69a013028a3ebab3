import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Ids } from "../../../ids.ts";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Principal } from "../../../model/call.ts";
import { newAccessKey } from "../../iam/index.ts";

/** What a session token holds. No session is stored: the token is the session, sealed. */
export interface Session {
  readonly principal: Principal & { readonly sessionIssuedAt: Date };
  readonly secretAccessKey: string;
  readonly expiresAt: Date;
}

/** Temporary credentials as clients get them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Credentials as STS's answers show them. */
export function shownCredentials({ accessKeyId, secretAccessKey, sessionToken, expiration }: SessionCredentials) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  };
}

/** Who a session is to be; its access key is made with it. */
export type SessionPrincipal = Omit<Principal, "accessKeyId" | "sessionIssuedAt">;

const purpose = "sts session";
/** Characters; headers have room for some thousand. */
const longestPlain = 1500;
/** Tokens kept open: one is used for many requests, and to open it costs more than all else that a request needs. */
const mostOpened = 1000;
const packedBytes = 2048;

export type Sessions = ReturnType<typeof sessions>;

/** Makes and reads session tokens. Any server with the same root key can read them. */
export function sessions({ keyring, ids }: { readonly keyring: Keyring; readonly ids: Ids }) {
  const opened = new Map<string, Session>();
  return {
    /** The token has at least `minimumTokenSize` characters. */
    mint(
      principal: SessionPrincipal,
      issuedAt: Date,
      durationSeconds: number,
      minimumTokenSize = 0,
    ): SessionCredentials {
      const key = newAccessKey("ASIA", principal.account, ids);
      // Clients are told whole seconds.
      const expiration = new Date((Math.floor(issuedAt.getTime() / 1000) + durationSeconds) * 1000);
      const content = {
        principal: { ...principal, accessKeyId: key.accessKeyId },
        secretAccessKey: key.secretAccessKey,
        issuedAt: issuedAt.getTime(),
        expiresAt: expiration.getTime(),
      };
      const text = JSON.stringify(content);
      const token = (packed: Uint8Array) => Buffer.from(keyring.seal(packed, purpose)).toString("base64");
      const sessionToken = token(pack(text));
      if (sessionToken.length >= minimumTokenSize) return { ...key, sessionToken, expiration };
      // Blanks behind JSON mean nothing; each three bytes are four characters.
      return { ...key, sessionToken: token(plain(text.padEnd(Math.ceil((minimumTokenSize * 3) / 4)))), expiration };
    },
    /** The session of a token that was minted here, expired or not; `undefined` for any other text. */
    open(sessionToken: string): Session | undefined {
      const known = opened.get(sessionToken);
      if (known) return known;
      const plaintext = keyring.open(Buffer.from(sessionToken, "base64"), purpose);
      if (!plaintext) return undefined;
      const { principal, secretAccessKey, issuedAt, expiresAt } = JSON.parse(unpack(plaintext));
      const session = {
        principal: { ...principal, sessionIssuedAt: new Date(issuedAt) },
        secretAccessKey,
        expiresAt: new Date(expiresAt),
      };
      if (opened.size >= mostOpened) opened.delete(opened.keys().next().value!);
      opened.set(sessionToken, session);
      return session;
    },
  };
}

/** Short texts stay as they are, because tokens are opened at every request; the first byte tells which. */
function pack(text: string): Uint8Array {
  return text.length > longestPlain ? Buffer.concat([Buffer.of(1), deflateRawSync(text)]) : plain(text);
}

function plain(text: string): Uint8Array {
  return Buffer.concat([Buffer.of(0), Buffer.from(text)]);
}

function unpack(packed: Uint8Array): string {
  const content = Buffer.from(packed.buffer, packed.byteOffset + 1, packed.byteLength - 1);
  return (packed[0] === 1 ? inflateRawSync(content) : content).toString();
}

/** How much room policies and tags take in a token, in per cent of what AWS gives them. */
export function packedSize(policies: readonly string[], tags: Readonly<Record<string, string>>): number {
  return Math.ceil((100 * deflateRawSync(JSON.stringify([policies, tags])).length) / packedBytes);
}
