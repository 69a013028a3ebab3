import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
export const referenceMalformed: Rule = {
  id: "reference-malformed",
  severity: "error",
  when: "start",
  title: "The reference is no ARN or name that the agent can read",
  *find(subject) {
    for (const fact of failedReads(subject, "reference-malformed")) {
      const asked = "valueFrom" in fact ? fact.valueFrom : "secretId" in fact ? fact.secretId : "";
      yield {
        pointer: fact.pointer,
        message: `"${asked}" is not a reference that ECS can read.`,
        aws: fact.outcome.reason,
        mend: {
          text: "Use a parameter's name or ARN, or arn:aws:secretsmanager:region:account:secret:name-AbCdEf, which may be followed by :json-key:stage:version-id, all three of them.",
        },
      };
    }
  },
};
