import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-ecr";
import type { Repository } from "../../services/ecr/index.ts";
import { once, see, seen } from "./account.ts";
import type { Calls } from "./calls.ts";

/** What cannot be the name of a repository or a tag, such as `Team/Web`, is none. */
const noName = "InvalidParameterException";

/** Repositories of Amazon ECR with their policies, their tags apart, and whether an image is there. */
export function imagesReader(calls: Calls) {
  const repository = once(async (region: string, registryId: string, name: string): Promise<Repository | undefined> => {
    const input = { registryId, repositoryNames: [name] };
    const described = await see(
      "ecr:DescribeRepositories",
      name,
      () => calls.send(new DescribeRepositoriesCommand(input), region),
      ["RepositoryNotFoundException", noName],
    );
    const [found] = described?.repositories ?? [];
    if (!found) return undefined;
    const asked = { registryId, repositoryName: name };
    const policy = await see(
      "ecr:GetRepositoryPolicy",
      name,
      () => calls.send(new GetRepositoryPolicyCommand(asked), region),
      ["RepositoryPolicyNotFoundException"],
    );
    return {
      id: found.repositoryArn ?? "",
      account: found.registryId ?? registryId,
      region,
      name,
      createdAt: found.createdAt ?? new Date(0),
      tagMutability: found.imageTagMutability ?? "MUTABLE",
      mutabilityExclusions: [],
      scanOnPush: false,
      lifecyclePolicy: undefined,
      lifecycleEvaluatedAt: undefined,
      policy: policy?.policyText,
      tags: [],
    };
  });

  const repositoryTags = once(async (region: string, resourceArn: string) => {
    const call = () => calls.send(new ListTagsForResourceCommand({ resourceArn }), region);
    const { tags = [] } = await seen("ecr:ListTagsForResource", resourceArn, call);
    return tags.map(({ Key: key = "", Value: value = "" }) => ({ key, value }));
  });

  const hasImage = once(async (region: string, registryId: string, repositoryName: string, image: string) => {
    const imageId = image.startsWith("sha256:") ? { imageDigest: image } : { imageTag: image };
    const input = { registryId, repositoryName, imageIds: [imageId] };
    const absent = ["ImageNotFoundException", "RepositoryNotFoundException", noName];
    return (
      (await see(
        "ecr:DescribeImages",
        repositoryName,
        () => calls.send(new DescribeImagesCommand(input), region),
        absent,
      )) !== undefined
    );
  });

  return { repository, repositoryTags, hasImage };
}
