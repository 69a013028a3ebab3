import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html */
export const secretForeignDefaultKey: Rule = {
  id: "secret-foreign-default-key",
  severity: "error",
  when: "start",
  title: "A secret of another account is under that account's default KMS key",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "secret-foreign-default-key")) {
      yield {
        pointer,
        message:
          "The secret of another account is encrypted under aws/secretsmanager, which only its own account can use.",
        aws: outcome.reason,
        mend: { text: "Have its owner encrypt it under a customer managed key whose policy lets this role decrypt." },
      };
    }
  },
};
