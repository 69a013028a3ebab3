import { createHash } from "node:crypto";
import type { Ids } from "../../../ids.ts";

/** The grant that a token names. */
export interface GrantName {
  readonly keyId: string;
  readonly grantId: string;
}

const checkLength = 8;

/** A new token of a grant. It names the grant and gives no rights: only the grant itself does. */
export function writeGrantToken({ keyId, grantId }: GrantName, ids: Ids): string {
  const content = Buffer.from(JSON.stringify([keyId, grantId, ids.hex(16)]));
  return Buffer.concat([check(content), content]).toString("base64url");
}

/** The grant in a token; `undefined` for other texts. */
export function parseGrantToken(token: string): GrantName | undefined {
  const bytes = Buffer.from(token, "base64url");
  const content = bytes.subarray(checkLength);
  if (bytes.toString("base64url") !== token || !bytes.subarray(0, checkLength).equals(check(content))) return undefined;
  const parts = parse(content);
  if (!Array.isArray(parts)) return undefined;
  const [keyId, grantId]: unknown[] = parts;
  return typeof keyId === "string" && typeof grantId === "string" ? { keyId, grantId } : undefined;
}

function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}

function check(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest().subarray(0, checkLength);
}
