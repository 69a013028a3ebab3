import { denialFound } from "./denial.ts";
import { failed, type Rule } from "./rule.ts";

export const fileDenied: Rule = {
  id: "file-denied",
  severity: "error",
  when: "start",
  title: "The execution role may not read the environment file or FireLens configuration in Amazon S3",
  *find({ files, executionRole }) {
    for (const { pointer, outcome, action } of failed(files)) {
      if (outcome.denied && action === "s3:GetObject")
        yield denialFound(pointer, outcome.denied, executionRole?.arn ?? "", outcome.reason);
    }
  },
};
