import { failed, type Rule } from "./rule.ts";

export const imageNotFound: Rule = {
  id: "image-not-found",
  severity: "warning",
  severityOnAws: "error",
  when: "start",
  title: "Amazon ECR has no such repository or image (an error on AWS; Sealift runs what is on the machine)",
  *find({ images }) {
    for (const { pointer, outcome, isMissing, repository, registry, region, image } of failed(images)) {
      if (!isMissing) continue;
      const create = `aws ecr create-repository --region ${region} --registry-id ${registry} --repository-name ${repository}`;
      yield {
        pointer,
        message:
          isMissing === "repository"
            ? `The registry ${registry} has no repository "${repository}" in ${region}.`
            : `The repository "${repository}" has no image ${image.slice(image.indexOf(repository) + repository.length)}.`,
        aws: outcome.reason,
        mend: {
          text: isMissing === "repository" ? "Make the repository, and push the image." : "Push the image.",
          command: `${isMissing === "repository" ? `${create.replace(` --registry-id ${registry}`, "")} && ` : ""}docker push ${image}`,
        },
      };
    }
  },
};
