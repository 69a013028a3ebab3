import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const secretVersionNotFound: Rule = {
  id: "secret-version-not-found",
  severity: "error",
  when: "start",
  title: "The secret has no version with that staging label or id",
  *find(subject) {
    for (const fact of failedReads(subject, "secret-version-not-found")) {
      const stages = "secret" in fact ? [...(fact.secret?.stages ?? [])] : [];
      const there = stages.map(([stage, version]) => `${stage} (${version})`).join(", ");
      yield {
        pointer: fact.pointer,
        message: `The version that the reference names is not there. ${there === "" ? "The secret has none." : `There is ${there}.`}`,
        aws: fact.outcome.reason,
        mend: { text: "Name a version that is there, or leave it out: that means AWSCURRENT." },
      };
    }
  },
};
