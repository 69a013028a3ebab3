import { parseArn } from "../../arn.ts";
import { failedReads } from "./failure-kind.ts";
import type { Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export const keyUnusable: Rule = {
  id: "key-unusable",
  severity: "error",
  when: "start",
  title: "The KMS key is disabled, pending deletion or without material",
  *find(subject) {
    for (const { pointer, outcome } of failedReads(subject, "key-unusable")) {
      const { message: words = "" } = outcome.error?.cause instanceof Error ? outcome.error.cause : {};
      const [arn = "the key"] = /arn:\S+/.exec(words) ?? [];
      const region = parseArn(arn)?.region;
      const place = region === undefined ? "" : ` --region ${region}`;
      const command = words.includes("deletion")
        ? `aws kms cancel-key-deletion${place} --key-id ${arn} && aws kms enable-key${place} --key-id ${arn}`
        : `aws kms enable-key${place} --key-id ${arn}`;
      const isImport = words.includes("import");
      yield {
        pointer,
        message: `The value cannot be decrypted: ${words}`,
        aws: outcome.reason,
        mend: { text: isImport ? "Import the key's material." : "Make the key usable.", ...(!isImport && { command }) },
      };
    }
  },
};
