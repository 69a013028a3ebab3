import { parseArn } from "../../arn.ts";
import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

export const secretNotFound: Rule = {
  id: "secret-not-found",
  severity: "error",
  when: "start",
  title: "There is no such secret in that account and Region",
  *find(subject) {
    for (const fact of failedReads(subject, "secret-not-found")) {
      const asked = "request" in fact ? fact.request.valueFrom : fact.secretId;
      const arn = parseArn(asked);
      const region = arn?.region || subject.account.region;
      const name = (arn?.resource.split(":")[1] ?? asked).replace(/-[A-Za-z0-9]{6}$/, "");
      yield {
        pointer: fact.pointer,
        message: `Account ${arn?.account || subject.account.id} has no secret "${name}" in ${region}.`,
        aws: fact.outcome.reason,
        mend: {
          text: "Create the secret, or name the one that is meant by its complete ARN.",
          command: `aws secretsmanager create-secret --region ${region} --name ${name} --secret-string file://value`,
        },
      };
    }
  },
};
