import type { ImageTagMutability, ImageTagMutabilityExclusionFilter } from "@aws-sdk/client-ecr";
import { invalidParameter } from "../errors.ts";
import type { Repository } from "./repository.ts";

interface Input {
  readonly imageTagMutability?: ImageTagMutability;
  readonly imageTagMutabilityExclusionFilters?: readonly ImageTagMutabilityExclusionFilter[];
}

/** Whether tags of a repository may move, as a request says. Filters come with the settings that have exclusions, and only with them. */
export function requestedMutability({
  imageTagMutability: tagMutability = "MUTABLE",
  imageTagMutabilityExclusionFilters: filters = [],
}: Input): Pick<Repository, "tagMutability" | "mutabilityExclusions"> {
  if (tagMutability.endsWith("_WITH_EXCLUSION") !== filters.length > 0) {
    const rule = "must be given with IMMUTABLE_WITH_EXCLUSION and MUTABLE_WITH_EXCLUSION, and only with them";
    throw invalidParameter(
      `Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: '${rule}'`,
    );
  }
  const mutabilityExclusions = filters.map(({ filter = "" }) => ({ filterType: "WILDCARD" as const, filter }));
  return { tagMutability, mutabilityExclusions };
}
