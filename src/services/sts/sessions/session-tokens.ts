import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Ids } from "../../../ids.ts";
import type { Keyring } from "../../../keyring/keyring.ts";
import { newAccessKey } from "../../iam/index.ts";
import type { Session, SessionCredentials, SessionPrincipal } from "./session.ts";

const purpose = "sts session";
/** Characters; headers have room for some thousand. */
const longestPlain = 1500;
/** Tokens kept open: one is used for many requests, and opening it costs more than the rest of a request. */
const mostOpened = 1000;

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
      // The API shows whole seconds.
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
      // JSON may end with blanks; each three bytes become four characters.
      return { ...key, sessionToken: token(plain(text.padEnd(Math.ceil((minimumTokenSize * 3) / 4)))), expiration };
    },
    /** The session of a token that was minted here, expired or not; `undefined` for any other text. */
    open(sessionToken: string): Session | undefined {
      const known = opened.get(sessionToken);
      if (known) return known;
      const plaintext = keyring.open(Buffer.from(sessionToken, "base64"), purpose);
      if (!plaintext) return undefined;
      const { principal, secretAccessKey, issuedAt, expiresAt } = JSON.parse(unpack(plaintext));
      const { mfaAuthenticatedAt: mfa } = principal;
      const sessionExpiresAt = new Date(expiresAt);
      const session = {
        principal: {
          ...principal,
          sessionIssuedAt: new Date(issuedAt),
          sessionExpiresAt,
          ...(mfa !== undefined && { mfaAuthenticatedAt: new Date(mfa) }),
        },
        secretAccessKey,
        expiresAt: sessionExpiresAt,
      };
      const [oldest] = opened.keys();
      if (oldest !== undefined && opened.size >= mostOpened) opened.delete(oldest);
      opened.set(sessionToken, session);
      return session;
    },
  };
}

/** Short texts are not compressed, because tokens are opened at every request. The first byte says which form it is. */
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
