import type { Checked } from "../check.ts";
import { countsOf } from "./counts.ts";

/** For programs. Members are added, never changed or removed, while `version` stays. */
export function json(all: readonly Checked[]): string {
  const definitions = all.map(({ isFile, name, ...rest }) => ({ [isFile ? "file" : "definition"]: name, ...rest }));
  return `${JSON.stringify({ version: 1, summary: countsOf(all), definitions }, undefined, 2)}\n`;
}
