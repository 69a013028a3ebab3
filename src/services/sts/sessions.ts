import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Principal } from "../../aws/call.ts";
import type { Ids } from "../../ids.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import { newAccessKey } from "../iam/index.ts";

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

/** Who a session is to be; its access key is made with it. */
export type SessionPrincipal = Omit<Principal, "accessKeyId" | "sessionIssuedAt">;

const purpose = "sts session";

export type Sessions = ReturnType<typeof sessions>;

/** Makes and reads session tokens. Any server with the same root key can read them. */
export function sessions({ keyring, ids }: { readonly keyring: Keyring; readonly ids: Ids }) {
  return {
    mint(principal: SessionPrincipal, issuedAt: Date, durationSeconds: number): SessionCredentials {
      const key = newAccessKey("ASIA", principal.account, ids);
      // Clients are told whole seconds.
      const expiration = new Date((Math.floor(issuedAt.getTime() / 1000) + durationSeconds) * 1000);
      const content = {
        principal: { ...principal, accessKeyId: key.accessKeyId },
        secretAccessKey: key.secretAccessKey,
        issuedAt: issuedAt.getTime(),
        expiresAt: expiration.getTime(),
      };
      const sealed = keyring.seal(deflateRawSync(JSON.stringify(content)), purpose);
      return { ...key, sessionToken: Buffer.from(sealed).toString("base64"), expiration };
    },
    /** The session of a token that was minted here, expired or not; `undefined` for any other text. */
    open(sessionToken: string): Session | undefined {
      const plaintext = keyring.open(Buffer.from(sessionToken, "base64"), purpose);
      if (!plaintext) return undefined;
      const { principal, secretAccessKey, issuedAt, expiresAt } = JSON.parse(inflateRawSync(plaintext).toString());
      return {
        principal: { ...principal, sessionIssuedAt: new Date(issuedAt) },
        secretAccessKey,
        expiresAt: new Date(expiresAt),
      };
    },
  };
}

/** How much room policies and tags take in a token, in per cent of what AWS gives them. */
export function packedSize(policies: readonly string[], tags: Readonly<Record<string, string>>): number {
  return Math.ceil((100 * deflateRawSync(JSON.stringify([policies, tags])).length) / packedBytes);
}

const packedBytes = 2048;
