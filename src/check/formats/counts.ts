import type { Checked } from "../check.ts";
import type { Severity } from "../finding.ts";

/** How many findings there are of each severity. */
export function countsOf(all: readonly Checked[]): {
  readonly errors: number;
  readonly warnings: number;
  readonly unknown: number;
} {
  const of = (wanted: Severity) =>
    all.flatMap(({ findings }) => findings.filter(({ severity }) => severity === wanted)).length;
  return { errors: of("error"), warnings: of("warning"), unknown: of("unknown") };
}
