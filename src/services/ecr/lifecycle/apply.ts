import type { Ecr } from "../context.ts";
import { deleteManifest } from "../images/registry.ts";
import type { Repository } from "../repositories/repository.ts";
import { expiringImages } from "./evaluate.ts";
import { readLifecyclePolicy } from "./policy.ts";

/** Milliseconds between two evaluations of a policy; AWS promises one within a day. */
const interval = 60 * 60 * 1000;

/** Deletes the images that lifecycle policies expire, where this server keeps the images. */
export async function applyLifecyclePolicies({ store, registry }: Pick<Ecr, "store" | "registry">, now: Date) {
  if (!registry) return;
  for (const repository of await store.lifecycle.due(now.getTime() - interval)) {
    await apply({ store, registry }, repository, now);
    await store.lifecycle.noteEvaluation(repository, now);
  }
}

async function apply(
  { store, registry }: { readonly store: Ecr["store"]; readonly registry: NonNullable<Ecr["registry"]> },
  repository: Repository,
  now: Date,
): Promise<void> {
  const rules = readLifecyclePolicy(repository.lifecyclePolicy ?? "");
  const expiring = expiringImages(rules, await store.images.list(repository), now);
  // Lists go before what they list.
  const listsFirst = expiring.toSorted((one, other) => other.image.children.length - one.image.children.length);
  for (const { image } of listsFirst) {
    // An image that got another tag meanwhile, or that a list needs, stays until the next time.
    const outcome = await store.images.remove(repository, { digest: image.digest }, image.tags);
    if (typeof outcome === "object" && "digest" in outcome && outcome.digest !== undefined) {
      await deleteManifest(registry, repository, outcome.digest);
    }
  }
}
