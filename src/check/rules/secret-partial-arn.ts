import { parseArn } from "../../arn.ts";
import type { SecretFact } from "../facts/subject.ts";
import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen */
export const secretPartialArn: Rule = {
  id: "secret-partial-arn",
  severity: "warning",
  when: "start",
  title: "The ARN lacks the hyphen and six characters that AWS puts behind the secret's name",
  *find({ secrets }) {
    for (const fact of secrets) {
      const { pointer, valueFrom, secret } = fact;
      if (!secret || valueFrom === secret.arn || valueFrom.startsWith(`${secret.arn}:`)) continue;
      const value = withSecretArn(valueFrom, secret.arn);
      yield {
        pointer,
        message: `The ARN is not complete. It finds "${secret.name}" in its own account only, and only policies that allow ${secret.arn} let it be read.`,
        mend: { text: `Use the complete ARN: ${value}`, value: placed(fact, value) },
      };
    }
  },
};

/** What is to stand at the place of the reference: in a label, the other entries stay. */
export function placed({ valueFrom, whole }: Pick<SecretFact, "valueFrom" | "whole">, value: string): string {
  return whole ? whole.label.replace(valueFrom, () => value) : value;
}

/** `valueFrom` with another secret's ARN, and with its own JSON key, stage and version. */
export function withSecretArn(valueFrom: string, arn: string): string {
  const [, , ...selectors] = parseArn(valueFrom)?.resource.split(":") ?? [];
  return [arn, ...selectors].join(":");
}
