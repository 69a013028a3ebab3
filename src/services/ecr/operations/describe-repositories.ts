import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import { pageToken, readPageToken } from "../../../model/page-token.ts";
import type { Ecr } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";
import { repositoryArn, shownRepository } from "../repositories/repository.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
export const describeRepositories = operation(DescribeRepositoriesCommand)({
  async find({ repositoryNames, registryId }, call, context: Ecr) {
    if (!repositoryNames?.length) return undefined;
    return Promise.all(repositoryNames.map((name) => findRepository(context, call, name, registryId)));
  },

  access(found, { registryId: account = undefined }, call) {
    if (found) return found.map((one) => repositoryAccess(one, call));
    const registry = { account: account ?? call.account, region: call.region, partition: call.partition };
    return { resource: repositoryArn(registry, "*"), resourceAccount: registry.account };
  },

  async run(found, { registryId, maxResults = 100, nextToken }, { store }, { account, region, partition }) {
    if (found) {
      const named = found.map((one) => shownRepository(existingRepository(one), partition));
      return { repositories: named };
    }
    const after = nextToken === undefined ? "" : readPageToken(nextToken);
    if (typeof after !== "string") throw invalidParameter("Invalid parameter at 'nextToken'");
    const listed = await store.repositories.list({ account: registryId ?? account, region }, after, maxResults + 1);
    const page = listed.slice(0, maxResults);
    const last = listed.length > maxResults ? page.at(-1) : undefined;
    return {
      repositories: page.map((repository) => shownRepository(repository, partition)),
      ...(last && { nextToken: pageToken(last.name) }),
    };
  },
});
