import type { Fact, Failed, Subject } from "../facts/subject.ts";
import type { Found, Moment, Severity } from "../finding.ts";

/** One kind of problem. Pure: everything that it needs is in the subject. */
export interface Rule {
  /** Stable: programs and comments name it. */
  readonly id: string;
  readonly severity: Severity;
  /** Where AWS is stricter than Sealift. */
  readonly severityOnAws?: Severity;
  readonly when: Moment;
  /** What it finds, as a heading. */
  readonly title: string;
  find(subject: Subject): Iterable<Found>;
}

export type FailedFact<Kind extends Fact> = Kind & { readonly outcome: Failed };

/** The facts that failed, and again with each failure that would show once the one before it is mended. */
export function failed<Kind extends Fact>(facts: readonly Kind[]): readonly FailedFact<Kind>[] {
  return facts.flatMap((fact) => {
    const all: FailedFact<Kind>[] = [];
    const { outcome } = fact;
    for (let one = outcome.kind === "failed" ? outcome : undefined; one; one = one.next)
      all.push({ ...fact, outcome: one });
    return all;
  });
}
