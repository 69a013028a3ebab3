import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";
import { placed, withSecretArn } from "./secret-partial-arn.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen */
export const secretArnSuffix: Rule = {
  id: "secret-arn-suffix",
  severity: "error",
  when: "start",
  title: "The six characters behind the last hyphen of the ARN are not those of the secret",
  *find(subject) {
    for (const fact of failedReads(subject, "secret-arn-suffix")) {
      if (!("similar" in fact) || !fact.similar) continue;
      const { arn, name } = fact.similar;
      const isName = fact.valueFrom.includes(`:secret:${name}`) && /-[A-Za-z0-9]{6}$/.test(name);
      const value = withSecretArn(fact.valueFrom, arn);
      yield {
        pointer: fact.pointer,
        message: isName
          ? `The ARN ends in a hyphen and six characters, so that AWS takes it for a complete one; they belong to the name "${name}".`
          : `The secret "${name}" has another ARN: its suffix changes when a secret is created anew.`,
        aws: fact.outcome.reason,
        mend: { text: `Name the secret by its complete ARN: ${value}`, value: placed(fact, value) },
      };
    }
  },
};
