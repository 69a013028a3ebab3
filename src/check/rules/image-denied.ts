import { denialFound } from "./denial.ts";
import { failed, type Rule } from "./rule.ts";

export const imageDenied: Rule = {
  id: "image-denied",
  severity: "error",
  when: "start",
  title: "The execution role may not pull the image from Amazon ECR",
  *find({ images, executionRole }) {
    for (const { pointer, outcome } of failed(images)) {
      if (outcome.denied) yield denialFound(pointer, outcome.denied, executionRole?.arn ?? "", outcome.reason);
    }
  },
};
