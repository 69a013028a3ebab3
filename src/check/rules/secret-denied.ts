import { denialFound } from "./denial.ts";
import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const secretDenied: Rule = {
  id: "secret-denied",
  severity: "error",
  when: "start",
  title: "The execution role may not read the secret",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "secret-denied")) {
      if (outcome.denied) yield denialFound(pointer, outcome.denied, subject.executionRole?.arn ?? "", outcome.reason);
    }
  },
};
