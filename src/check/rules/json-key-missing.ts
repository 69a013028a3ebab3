import { parseSecretReference } from "../../agent/secrets/index.ts";
import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const jsonKeyMissing: Rule = {
  id: "json-key-missing",
  severity: "error",
  when: "start",
  title: "The secret's JSON has no such key (only with --values)",
  *find(subject) {
    for (const fact of failedReads(subject, "json-key-missing")) {
      if (!("request" in fact)) continue;
      const parsed = parseSecretReference(fact.request.valueFrom);
      const key = parsed.ok ? parsed.reference.jsonKey : undefined;
      yield {
        pointer: fact.pointer,
        message: `The secret's JSON has no key "${key}" at its top level. Keys are compared with their case.`,
        aws: fact.outcome.reason,
        mend: { text: `Put the key "${key}" into the secret, or name one that is there.` },
      };
    }
  },
};
