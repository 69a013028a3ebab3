import { createHash } from "node:crypto";
import { InvalidGrantTokenException$ } from "@aws-sdk/client-kms";
import type { Ids } from "../../../ids.ts";
import { ApiError } from "../../../model/api-error.ts";

/** The grant that a token names. */
export interface GrantName {
  readonly keyId: string;
  readonly grantId: string;
}

const checkLength = 8;

/** A new token of a grant. It names the grant and gives no right: who may do what is asked of the grant itself. */
export function writeGrantToken({ keyId, grantId }: GrantName, ids: Ids): string {
  const content = Buffer.from(JSON.stringify([keyId, grantId, ids.hex(16)]));
  return Buffer.concat([check(content), content]).toString("base64url");
}

/** Throws AWS's `InvalidGrantTokenException` where the text is no token. */
export function readGrantToken(token: string): GrantName {
  const bytes = Buffer.from(token, "base64url");
  const content = bytes.subarray(checkLength);
  if (bytes.toString("base64url") !== token || !bytes.subarray(0, checkLength).equals(check(content))) throw invalid();
  const read = parse(content);
  if (!Array.isArray(read)) throw invalid();
  const [keyId, grantId] = read as unknown[];
  if (typeof keyId !== "string" || typeof grantId !== "string") throw invalid();
  return { keyId, grantId };
}

function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}

function invalid(): ApiError {
  return new ApiError(InvalidGrantTokenException$, "The grant token is not valid.");
}

function check(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest().subarray(0, checkLength);
}
