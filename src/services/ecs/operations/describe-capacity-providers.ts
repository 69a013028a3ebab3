import { type CapacityProvider, DescribeCapacityProvidersCommand } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import {
  capacityProviderArn,
  capacityProviderName,
  fargateProviders,
  isFargateProvider,
} from "../capacity-providers/capacity-provider.ts";
import { findProvider, providerNeed } from "../capacity-providers/find.ts";
import { capacityProviderShape, fargateProviderShape } from "../capacity-providers/shape.ts";
import { activeCluster, findCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan } from "../errors.ts";
import { page, pageSize, readTextToken } from "../page.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html */
export const describeCapacityProviders = operation(DescribeCapacityProvidersCommand)({
  async find(input, call, context: Ecs) {
    refuseMoreThan(100, "Capacity providers", input.capacityProviders ?? []);
    const own = input.capacityProviders?.length ? [] : await context.store.capacityProviders.list(call);
    const references = input.capacityProviders?.length
      ? input.capacityProviders
      : [...fargateProviders, ...own.map(({ name }) => name)];
    const arns = [...new Set(references.map((reference) => capacityProviderArn(call, reference)))];
    return {
      cluster: input.cluster === undefined ? undefined : await findCluster(context, call, input.cluster),
      all: await Promise.all(arns.map((arn) => findProvider(context, call, arn))),
    };
  },
  access: ({ all }) => all.map(providerNeed),
  run({ cluster, all }, input, _context, call) {
    const size = pageSize(input.maxResults, 10, 10);
    const ofCluster = cluster && (activeCluster(cluster).capacityProviders ?? []);
    const shown: CapacityProvider[] = [];
    const failures = [];
    for (const { arn, provider, tags } of all) {
      const name = capacityProviderName(arn);
      if (ofCluster && !ofCluster.includes(name)) continue;
      if (arn === capacityProviderArn(call, name) && isFargateProvider(name)) {
        shown.push(fargateProviderShape(call, name));
      } else if (provider) {
        shown.push(capacityProviderShape(provider, input.include?.includes("TAGS") ? tags : []));
      } else failures.push({ arn, reason: "MISSING" });
    }
    const after = readTextToken(input.nextToken);
    const key = ({ capacityProviderArn: arn = "" }: CapacityProvider) => arn;
    const rest = shown.sort((one, other) => (key(one) < key(other) ? -1 : 1)).filter((one) => key(one) > after);
    const { items, nextToken } = page(rest, size, key);
    return Promise.resolve({ capacityProviders: [...items], failures, ...defined({ nextToken }) });
  },
});
