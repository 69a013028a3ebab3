import type { Image } from "../images/image.ts";
import type { Rule } from "./policy.ts";

/** An image that a rule expires. */
export interface Expiring {
  readonly image: Image;
  readonly priority: number;
}

const day = 24 * 60 * 60 * 1000;

/**
 * The images that expire. Rules look at all images that they are about, also at those of more important rules, but expire only
 * images that no more important rule is about.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
export function expiringImages(rules: readonly Rule[], images: readonly Image[], now: Date): readonly Expiring[] {
  const newestFirst = images.toSorted((one, other) => other.pushedAt.getTime() - one.pushedAt.getTime());
  const taken = new Set<string>();
  const expiring: Expiring[] = [];
  for (const rule of rules) {
    const concerned = newestFirst.filter((image) => isAbout(rule, image));
    const { keep, priority } = rule;
    const tooOld =
      "images" in keep
        ? concerned.slice(keep.images)
        : concerned.filter(({ pushedAt }) => now.getTime() - pushedAt.getTime() > keep.days * day);
    expiring.push(...tooOld.filter(({ digest }) => !taken.has(digest)).map((image) => ({ image, priority })));
    for (const { digest } of concerned) taken.add(digest);
  }
  return expiring;
}

function isAbout({ tagStatus, tags }: Rule, image: Image): boolean {
  if (tagStatus === "any") return true;
  if (tagStatus === "untagged") return image.tags.length === 0;
  return tags.every((isWanted) => image.tags.some(isWanted));
}
