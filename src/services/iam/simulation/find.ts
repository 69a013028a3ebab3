import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { parsePolicy } from "../../../policy/index.ts";
import type { Iam } from "../context.ts";
import type { Entity, EntityKind } from "../entities/entity.ts";
import { noSuchEntity } from "../entities/errors.ts";
import { findByArn, splitEntityArn } from "../entities/find-by-arn.ts";
import { type IdentityPolicy, identityPolicies } from "../entities/policies/identity-policies.ts";
import { invalidInput } from "../errors.ts";
import { isPolicyArn, policyName } from "../policies/policy.ts";
import type { IamStore } from "../store.ts";
import { resourceTags } from "../tags.ts";
import type { SimulatedPolicy } from "./input.ts";

/** A policy of an entity. */
export interface SourcePolicy extends SimulatedPolicy {
  /** An ARN, or an inline policy's name. */
  readonly origin: string;
  /** The entity that has the policy: of a user's policies, the user or one of its groups. */
  readonly owner: { readonly kind: EntityKind; readonly name: string };
}

/** The policies of a user, with those of its groups, of a group or of a role. */
export interface PolicySource {
  readonly kind: EntityKind;
  readonly identity: readonly SourcePolicy[];
  readonly boundary: SourcePolicy | undefined;
}

/** The entity that PolicySourceArn names, as it was found before access was asked for. */
interface FoundSource {
  readonly arn: string;
  readonly entity: Entity | undefined;
}

export async function findSource(
  { PolicySourceArn: arn }: { readonly PolicySourceArn: string },
  call: Call,
  { store }: Iam,
): Promise<FoundSource> {
  return { arn, entity: await findByArn(store, call, arn) };
}

export function onSource({ arn, entity }: FoundSource): Need {
  return { resource: arn, conditions: resourceTags(entity?.tags, "iam") };
}

/** The policies of the entity that was found, which has to be in the caller's account. */
export async function policySource(store: IamStore, { arn, entity }: FoundSource): Promise<PolicySource> {
  const named = splitEntityArn(arn);
  if (!named) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  if (!entity) throw noSuchEntity(named.kind, named.name);
  const identity = (await identityPolicies(store, entity)).map(sourcePolicy);
  return { kind: entity.kind, identity, boundary: await boundaryOf(store, entity) };
}

async function boundaryOf(store: IamStore, owner: Entity): Promise<SourcePolicy | undefined> {
  if (owner.boundaryArn === undefined) return undefined;
  const document = await store.policies.document(owner.boundaryArn);
  if (document === undefined) throw new Error(`Cannot find the document of policy '${owner.boundaryArn}'`);
  return sourcePolicy({ owner, name: owner.boundaryArn, document });
}

/** AWS calls the inline policy `admins` of the group `ops` `group_ops_admins`. */
function sourcePolicy({ owner, name: origin, document }: IdentityPolicy): SourcePolicy {
  const name = isPolicyArn(origin) ? policyName(origin) : `${owner.kind}_${owner.name}_${origin}`;
  return { name, origin, owner, document, policy: parsePolicy(document, "session") };
}
