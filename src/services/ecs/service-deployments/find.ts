import type { Tag } from "@aws-sdk/client-ecs";
import type { Need } from "../../../model/operation.ts";
import { resourceTags } from "../access.ts";
import type { Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan } from "../errors.ts";
import type { ServiceRecord } from "../services/service.ts";
import { parseDeploymentArn } from "./arns.ts";

/** A service's deployment or revision as a request names it. */
export interface FoundOfService {
  readonly arn: string;
  readonly id: string;
  readonly clusterArn: string;
  readonly serviceArn: string;
  readonly service: ServiceRecord | undefined;
  readonly tags: readonly Tag[];
}

export async function findOfServices(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  kind: "deployment" | "revision",
  arns: readonly string[],
): Promise<readonly FoundOfService[]> {
  refuseMoreThan(20, kind === "deployment" ? "Service deployments" : "Service revisions", arns);
  return Promise.all(
    [...new Set(arns)].map(async (arn) => {
      const parsed = parseDeploymentArn(scope, arn, kind);
      return {
        ...{ arn, ...parsed },
        service: await store.services.find(parsed.serviceArn),
        tags: await store.tags.get(parsed.serviceArn),
      };
    }),
  );
}

/** The needs of describing them: access to the services and to what is theirs. */
export function ofServicesNeeds(all: readonly FoundOfService[]): readonly Need[] {
  return all.flatMap(({ arn, clusterArn, serviceArn, tags }) => {
    const conditions = { "ecs:cluster": clusterArn, ...resourceTags(tags) };
    return [
      { resource: serviceArn, conditions },
      { resource: arn, conditions: { ...conditions, "ecs:service": serviceArn } },
    ];
  });
}
