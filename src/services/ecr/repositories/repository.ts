import type { ImageTagMutability, Repository as ShownRepository } from "@aws-sdk/client-ecr";
import { regionalArn } from "../../../arn.ts";
import type { Tag } from "../../../model/tag-conditions.ts";

export interface Scope {
  readonly account: string;
  readonly region: string;
}

export interface MutabilityExclusion {
  readonly filterType: "WILDCARD";
  readonly filter: string;
}

export interface Repository extends Scope {
  /** Random; the registry knows it by this. */
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly tagMutability: ImageTagMutability;
  readonly mutabilityExclusions: readonly MutabilityExclusion[];
  readonly scanOnPush: boolean;
  readonly policy: string | undefined;
  readonly tags: readonly Tag[];
  readonly lifecyclePolicy: string | undefined;
  readonly lifecycleEvaluatedAt: Date | undefined;
}

/** What a request names, and what is there. */
export interface FoundRepository {
  readonly asked: Scope & { readonly name: string };
  readonly repository: Repository | undefined;
}

export function repositoryArn(scope: Scope & { readonly partition: string }, name: string): string {
  return regionalArn(scope, "ecr", `repository/${name}`);
}

/** The host name of an account's registry on AWS, by which task definitions name images. */
function registryHost({ account, region }: Scope): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com`;
}

/** True if a tag that an image has may not go to another image. */
export function isImmutable(
  { tagMutability, mutabilityExclusions }: Pick<Repository, "tagMutability" | "mutabilityExclusions">,
  tag: string,
): boolean {
  const isExcluded = mutabilityExclusions.some(({ filter }) => matchesWildcard(filter, tag));
  return tagMutability.startsWith("IMMUTABLE") ? !isExcluded : isExcluded;
}

export function matchesWildcard(filter: string, tag: string): boolean {
  const parts = filter.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(tag);
}

/** A repository as the API shows it. */
export function shownRepository(repository: Repository, partition: string): ShownRepository {
  const { account, name, createdAt, tagMutability, mutabilityExclusions, scanOnPush } = repository;
  return {
    repositoryArn: repositoryArn({ ...repository, partition }, name),
    registryId: account,
    repositoryName: name,
    repositoryUri: `${registryHost(repository)}/${name}`,
    createdAt,
    imageTagMutability: tagMutability,
    ...(mutabilityExclusions.length > 0 && { imageTagMutabilityExclusionFilters: [...mutabilityExclusions] }),
    imageScanningConfiguration: { scanOnPush },
    encryptionConfiguration: { encryptionType: "AES256" },
  };
}
