import { denialFound } from "./denial.ts";
import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const keyDenied: Rule = {
  id: "key-denied",
  severity: "error",
  when: "start",
  title: "The execution role may not decrypt with the KMS key of the secret or parameter",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "key-denied")) {
      if (outcome.denied) yield denialFound(pointer, outcome.denied, subject.executionRole?.arn ?? "", outcome.reason);
    }
  },
};
