import { denialFound } from "./denial.ts";
import { failed, type Rule } from "./rule.ts";

export const logDenied: Rule = {
  id: "log-denied",
  severity: "error",
  when: "start",
  title: "The execution role may not write the log driver's stream",
  *find({ logs, executionRole }) {
    for (const { pointer, outcome } of failed(logs)) {
      if (outcome.denied) yield denialFound(pointer, outcome.denied, executionRole?.arn ?? "", outcome.reason);
    }
  },
};
