import type { IamStore } from "../../store.ts";
import type { Entity } from "../entity.ts";

/** A policy that allows a user, group or role something. */
export interface IdentityPolicy {
  /** The entity that has the policy. A user also has the policies of its groups. */
  readonly owner: Entity;
  /** An ARN, or an inline policy's name. */
  readonly name: string;
  readonly document: string;
}

type Store = Pick<IamStore, "memberships" | "inlinePolicies" | "attachments" | "policies">;

/** The policies of an entity and, where it is a user, of its groups: first managed ones, each once, then inline ones. */
export async function identityPolicies(store: Store, entity: Entity): Promise<IdentityPolicy[]> {
  const owners = entity.kind === "user" ? [entity, ...(await store.memberships.listGroups(entity.id))] : [entity];
  const ids = owners.map(({ id }) => id);
  const inline = await store.inlinePolicies.listOfAll(ids);
  const attached = await store.attachments.listOfAll(ids);
  const found: IdentityPolicy[] = [];
  const known = new Set<string>();
  for (const owner of owners) {
    for (const arn of attached.get(owner.id) ?? []) {
      const document = known.has(arn) ? undefined : await store.policies.document(arn);
      if (document !== undefined) found.push({ owner, name: arn, document });
      known.add(arn);
    }
  }
  for (const owner of owners) {
    for (const { name, document } of inline.get(owner.id) ?? []) found.push({ owner, name, document });
  }
  return found;
}
