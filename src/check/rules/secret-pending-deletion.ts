import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const secretPendingDeletion: Rule = {
  id: "secret-pending-deletion",
  severity: "error",
  when: "start",
  title: "The secret is marked for deletion",
  *find(subject) {
    for (const fact of failedReads(subject, "secret-pending-deletion")) {
      const id = "secret" in fact ? (fact.secret?.arn ?? fact.valueFrom) : "secretId" in fact ? fact.secretId : "";
      yield {
        pointer: fact.pointer,
        message: "The secret is marked for deletion, and nobody can read it.",
        aws: fact.outcome.reason,
        mend: { text: "Restore it.", command: `aws secretsmanager restore-secret --secret-id ${id}` },
      };
    }
  },
};
