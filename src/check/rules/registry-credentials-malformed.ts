import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html */
export const registryCredentialsMalformed: Rule = {
  id: "registry-credentials-malformed",
  severity: "error",
  when: "start",
  title: "The registry's credentials are not JSON with username and password (only with --values)",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "registry-credentials-malformed")) {
      yield {
        pointer,
        message: "The secret of repositoryCredentials has to be a JSON object with username and password.",
        aws: outcome.reason,
        mend: { text: 'Store it as {"username": "…", "password": "…"}.' },
      };
    }
  },
};
