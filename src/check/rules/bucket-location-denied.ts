import { denialFound } from "./denial.ts";
import { failed, type Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html */
export const bucketLocationDenied: Rule = {
  id: "bucket-location-denied",
  severity: "warning",
  when: "start",
  title: "The execution role may not ask where the bucket of an environment file is, which AWS's documentation wants",
  *find({ files, executionRole }) {
    for (const { pointer, outcome, action } of failed(files)) {
      if (!outcome.denied || action !== "s3:GetBucketLocation") continue;
      const { aws: _, ...found } = denialFound(pointer, outcome.denied, executionRole?.arn ?? "", outcome.reason);
      yield found;
    }
  },
};
