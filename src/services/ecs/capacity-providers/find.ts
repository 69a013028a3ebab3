import type { Tag } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import { flagKey } from "../../../model/flag-key.ts";
import type { Need } from "../../../model/operation.ts";
import type { ConditionKeys } from "../../../model/tag-conditions.ts";
import { resourceTags } from "../access.ts";
import { isOwn, type Scope } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import type { Records } from "../store.ts";
import {
  type CapacityProvider,
  capacityProviderArn,
  capacityProviderName,
  isFargateProvider,
} from "./capacity-provider.ts";

/** A provider of an Auto Scaling group as a request names it. */
export interface FoundProvider {
  readonly arn: string;
  /** `undefined` where the caller's account has none of that ARN in the Region. */
  readonly provider: CapacityProvider | undefined;
  readonly tags: readonly Tag[];
}

export async function findProvider(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  reference: string,
): Promise<FoundProvider> {
  const arn = capacityProviderArn(scope, reference);
  return {
    arn,
    provider: isOwn(scope, arn) ? await store.capacityProviders.find(arn) : undefined,
    tags: await store.tags.get(arn),
  };
}

export function providerNeed({ arn, tags }: FoundProvider): Need {
  return { resource: arn, conditions: resourceTags(tags) };
}

/** Condition keys of what a request wants of machines that ECS manages. */
export function managedInstancesKeys(
  provider:
    | {
        readonly propagateTags?: string;
        readonly instanceLaunchTemplate?: { readonly instanceMetadataTagsPropagation?: boolean };
      }
    | undefined,
): ConditionKeys {
  return defined({
    "ecs:propagate-tags": provider?.propagateTags,
    "ecs:instance-metadata-tags-propagation": flagKey(
      provider?.instanceLaunchTemplate?.instanceMetadataTagsPropagation,
    ),
  });
}

/**
 * The names of providers that a cluster is to have, each once. Throws AWS's refusal of one that is not there.
 */
export async function readProviders(
  { capacityProviders }: Pick<Records, "capacityProviders">,
  scope: Scope,
  references: readonly string[],
): Promise<readonly string[]> {
  const names = [...new Set(references.map(capacityProviderName))];
  if (names.length > 20) throw invalidParameter("A cluster can have a maximum of 20 capacity providers.");
  const own = names.filter((name) => !isFargateProvider(name));
  const there = await capacityProviders.findAll(own.map((name) => capacityProviderArn(scope, name)));
  const active = new Set(there.filter(({ status }) => status === "ACTIVE").map(({ name }) => name));
  if (own.some((name) => !active.has(name))) {
    throw invalidParameter(
      "The specified capacity provider was not found. Specify a valid capacity provider and try again.",
    );
  }
  return names;
}
