import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../aws/api-error.ts";
import { parseArn } from "../../aws/arn.ts";
import type { Access, Call } from "../../aws/call.ts";
import { parsePolicy } from "../../policy/index.ts";
import type { Document } from "./effective-policies.ts";
import { type EntityKind, splitResource } from "./entity.ts";
import { invalidInput } from "./errors.ts";
import type { Iam } from "./index.ts";
import { isPolicyArn, policyName } from "./managed-policy.ts";
import type { SimulatedPolicy } from "./simulation-input.ts";
import type { IamStore } from "./store.ts";

/** A policy of an entity. */
export interface SourcePolicy extends SimulatedPolicy {
  /** An ARN, or an inline policy's name. */
  readonly origin: string;
}

/** The policies of a user, with those of its groups, of a group or of a role. */
export interface PolicySource {
  readonly kind: EntityKind;
  readonly name: string;
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
export async function findPolicySource(
  store: Pick<IamStore, "findEntity" | "effectivePolicies">,
  { account }: Call,
  arn: string,
): Promise<PolicySource> {
  const named = splitSource(arn);
  if (!named) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const { kind, name, path } = named;
  const found = named.account === account ? await store.findEntity(account, kind, name) : undefined;
  const policies = found?.path === path ? await store.effectivePolicies(found.id) : undefined;
  if (!policies) throw new ApiError(NoSuchEntityException$, `The ${kind} with name ${name} cannot be found.`);
  const read = ({ name: origin, text }: Document): SourcePolicy => ({
    name: isPolicyArn(origin) ? policyName(origin) : `${kind}_${name}_${origin}`,
    origin,
    document: text,
    policy: parsePolicy(text, "session"),
  });
  return { kind, name, identity: policies.identity.map(read), boundary: policies.boundary && read(policies.boundary) };
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
