import { denialFound } from "./denial.ts";
import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const parameterDenied: Rule = {
  id: "parameter-denied",
  severity: "error",
  when: "start",
  title: "The execution role may not read the parameter",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "parameter-denied")) {
      if (outcome.denied) yield denialFound(pointer, outcome.denied, subject.executionRole?.arn ?? "", outcome.reason);
    }
  },
};
