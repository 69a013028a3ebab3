import { parseArn } from "../../../arn.ts";
import type { Access, Call } from "../../../model/call.ts";
import { parsePolicy } from "../../../policy/index.ts";
import type { Iam } from "../context.ts";
import { type Entity, type EntityKind, splitResource } from "../entities/entity.ts";
import { type IdentityPolicy, identityPolicies } from "../entities/policies/identity-policies.ts";
import { invalidInput, noSuchEntity } from "../errors.ts";
import { isPolicyArn, policyName } from "../policies/policy.ts";
import type { IamStore } from "../store.ts";
import type { SimulatedPolicy } from "./input.ts";

/** A policy of an entity. */
export interface SourcePolicy extends SimulatedPolicy {
  /** An ARN, or an inline policy's name. */
  readonly origin: string;
  /** Of a user's policies, the user or one of its groups. */
  readonly owner: { readonly kind: EntityKind; readonly name: string };
}

/** The policies of a user, with those of its groups, of a group or of a role. */
export interface PolicySource {
  readonly kind: EntityKind;
  readonly identity: readonly SourcePolicy[];
  readonly boundary: SourcePolicy | undefined;
}

const kinds = ["user", "group", "role"] as const;

export function onPolicySource(action: string) {
  return async (
    { PolicySourceArn: arn }: { readonly PolicySourceArn: string },
    { account }: Call,
    { store }: Pick<Iam, "store">,
  ): Promise<Access> => {
    const named = splitSource(arn);
    const entity = named?.account === account ? await store.findEntity(account, named.kind, named.name) : undefined;
    const conditions = Object.entries(entity?.tags ?? {}).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]);
    return { action, resource: arn, conditions: Object.fromEntries(conditions) };
  };
}

/** What PolicySourceArn names, which has to be in the caller's account. */
export async function findPolicySource(store: IamStore, { account }: Call, arn: string): Promise<PolicySource> {
  const named = splitSource(arn);
  if (!named) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const { kind, name, path } = named;
  const entity = named.account === account ? await store.findEntity(account, kind, name) : undefined;
  if (entity?.path !== path) throw noSuchEntity(kind, name);
  const identity = (await identityPolicies(store, entity)).map(sourcePolicy);
  return { kind, identity, boundary: await findBoundary(store, entity) };
}

async function findBoundary(store: IamStore, owner: Entity): Promise<SourcePolicy | undefined> {
  if (owner.boundaryArn === undefined) return undefined;
  const document = await store.policyDocument(owner.boundaryArn);
  if (document === undefined) throw new Error(`Cannot find the document of policy '${owner.boundaryArn}'`);
  return sourcePolicy({ owner, name: owner.boundaryArn, document });
}

/** AWS calls an inline policy `group_admins_policy`, after whose it is. */
function sourcePolicy({ owner, name: origin, document }: IdentityPolicy): SourcePolicy {
  const name = isPolicyArn(origin) ? policyName(origin) : `${owner.kind}_${owner.name}_${origin}`;
  return { name, origin, owner, document, policy: parsePolicy(document, "session") };
}

/** Account, kind, path and name out of an entity's ARN. */
function splitSource(arn: string) {
  const parts = parseArn(arn);
  if (parts?.service !== "iam" || parts.region !== "") return undefined;
  for (const kind of kinds) {
    const named = splitResource(parts.resource, kind);
    if (named) return { account: parts.account, kind: kind as EntityKind, ...named };
  }
  return undefined;
}
