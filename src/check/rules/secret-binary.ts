import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const secretBinary: Rule = {
  id: "secret-binary",
  severity: "error",
  when: "start",
  title: "The secret is binary: its value would be empty, and a JSON key of it fails the task (only with --values)",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "secret-binary")) {
      yield {
        pointer,
        message: "The secret has a SecretBinary, of which there are no JSON keys.",
        aws: outcome.reason,
        mend: { text: "Store it as a SecretString." },
      };
    }
    for (const { pointer, isBinary, whole } of subject.secrets) {
      if (!isBinary || whole) continue;
      yield {
        pointer,
        message: "The secret has a SecretBinary, which the agent does not read: the variable will be empty.",
        mend: { text: "Store it as a SecretString, or deliver it as a file (docker label sealift.secrets.files)." },
      };
    }
  },
};
