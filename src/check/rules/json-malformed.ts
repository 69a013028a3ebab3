import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const jsonMalformed: Rule = {
  id: "json-malformed",
  severity: "error",
  when: "start",
  title: "A JSON key is asked for, and the secret is no JSON object (only with --values)",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "json-malformed")) {
      yield {
        pointer,
        message: "The reference asks for a JSON key, and the secret's text is no JSON object.",
        aws: outcome.reason,
        mend: { text: "Store the secret as a JSON object, or leave the key out of the reference." },
      };
    }
  },
};
