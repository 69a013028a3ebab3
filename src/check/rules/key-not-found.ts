import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const keyNotFound: Rule = {
  id: "key-not-found",
  severity: "error",
  when: "start",
  title: "The KMS key of the secret or parameter is gone",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "key-not-found")) {
      yield {
        pointer,
        message: "The KMS key that the value is encrypted under does not exist any more: the value is lost.",
        aws: outcome.reason,
        mend: { text: "Store the value anew, under another key." },
      };
    }
  },
};
