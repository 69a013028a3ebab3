import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const notReadable: Rule = {
  id: "not-readable",
  severity: "error",
  when: "start",
  title: "The secret or parameter cannot be read for a reason that has no rule of its own",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "not-readable")) {
      yield { pointer, message: outcome.error?.message ?? outcome.reason, aws: outcome.reason };
    }
  },
};
