import { ConfigError } from "../../server/config.ts";

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time that a text means, in milliseconds since 1970: so long ago (`90s`, `10m`, `2h`, `1d`), or a date. Throws `ConfigError`. */
export function readSince(text: string, now: number): number {
  const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const time = count === undefined ? Date.parse(text) : now - Number(count) * (units[unit] ?? 0);
  if (Number.isNaN(time)) {
    throw new ConfigError(`Cannot use --since "${text}": it must be such as 10m, 2h, 1d or 2026-01-31T12:00:00Z`);
  }
  return time;
}
