import type { Repository } from "../../services/ecr/index.ts";
import type { Group } from "../../services/logs/index.ts";
import { once, see, seen } from "./account.ts";
import type { Clients } from "./clients.ts";

/** Repositories of Amazon ECR with their policies, and whether an image is there. */
export function imagesReader(clients: Clients) {
  const repository = once(async (region: string, registryId: string, name: string): Promise<Repository | undefined> => {
    const ecr = await clients.ecr(region);
    const input = { registryId, repositoryNames: [name] };
    const described = await see("ecr:DescribeRepositories", name, () => ecr.describeRepositories(input), [
      "RepositoryNotFoundException",
    ]);
    const [found] = described?.repositories ?? [];
    if (!found) return undefined;
    const asked = { registryId, repositoryName: name };
    const policy = await see("ecr:GetRepositoryPolicy", name, () => ecr.getRepositoryPolicy(asked), [
      "RepositoryPolicyNotFoundException",
    ]);
    const arn = found.repositoryArn;
    const { tags = [] } = await seen("ecr:ListTagsForResource", name, () =>
      ecr.listTagsForResource({ resourceArn: arn }),
    );
    return {
      id: arn ?? "",
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
      tags: tags.map(({ Key: key = "", Value: value = "" }) => ({ key, value })),
    };
  });

  const hasImage = once(async (region: string, registryId: string, repositoryName: string, image: string) => {
    const ecr = await clients.ecr(region);
    const imageId = image.startsWith("sha256:") ? { imageDigest: image } : { imageTag: image };
    const input = { registryId, repositoryName, imageIds: [imageId] };
    const absent = ["ImageNotFoundException", "RepositoryNotFoundException"];
    return (await see("ecr:DescribeImages", repositoryName, () => ecr.describeImages(input), absent)) !== undefined;
  });

  return { repository, hasImage };
}

/** Log groups of CloudWatch Logs. */
export function logsReader(clients: Clients, account: string) {
  const logGroup = once(async (region: string, name: string): Promise<Group | undefined> => {
    const logs = await clients.logs(region);
    for (let nextToken: string | undefined; ; ) {
      const input = { logGroupNamePrefix: name, nextToken };
      const page = await seen("logs:DescribeLogGroups", name, () => logs.describeLogGroups(input));
      const found = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
      if (found) {
        const resourceArn = (found.logGroupArn ?? found.arn ?? "").replace(/:\*$/, "");
        const call = () => logs.listTagsForResource({ resourceArn });
        const { tags = {} } = await seen("logs:ListTagsForResource", resourceArn, call);
        return {
          id: resourceArn,
          account,
          region,
          name,
          createdAt: found.creationTime ?? 0,
          retentionDays: found.retentionInDays,
          class: "STANDARD",
          isProtected: false,
          tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
          keyId: "",
          kmsKeyArn: found.kmsKeyId,
        };
      }
      nextToken = page.nextToken;
      if (nextToken === undefined) return undefined;
    }
  });
  return { logGroup };
}
