import type { Retention } from "../audit/index.ts";
import { ConfigError } from "./config-error.ts";

const day = 24 * 60 * 60 * 1000;
const units: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Reads the age in days and the size (`500M`, `10G`) up to which events are kept. Throws `ConfigError`. */
export function readRetention(age: string, size: string | undefined): Retention {
  const days = Number(age);
  if (!/^\d{1,5}$/.test(age) || days < 1) {
    throw new ConfigError(`Cannot use --audit-max-age "${age}": it must be a number of days from 1 to 99999`);
  }
  if (size === undefined) return { age: days * day };
  const [, number = "", unit = ""] = /^(\d{1,9})([kmgt]?)(?:i?b)?$/i.exec(size) ?? [];
  const bytes = Number(number) * (units[unit.toLowerCase()] ?? 0);
  if (number === "" || bytes < 2 ** 20) {
    throw new ConfigError(`Cannot use --audit-max-size "${size}": it must be of the form 500M or 10G, and at least 1M`);
  }
  return { age: days * day, size: bytes };
}
