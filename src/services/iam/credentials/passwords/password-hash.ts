import { type BinaryLike, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import type { Ids } from "../../../../ids.ts";

const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

/** 32 MiB a password. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const;
const length = 32;

/** `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string, ids: Ids): Promise<string> {
  const salt = Buffer.from(ids.hex(16), "hex");
  const hash = await derive(password, salt, length, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), hash.toString("base64")].join("$");
}

export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, n, r, p, salt = "", hash = ""] = hashed.split("$");
  const expected = Buffer.from(hash, "base64");
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: cost.maxmem };
  return timingSafeEqual(await derive(password, Buffer.from(salt, "base64"), expected.length, options), expected);
}
