import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../aws/api-error.ts";
import { parseArn } from "../../aws/arn.ts";
import type { Access, Call } from "../../aws/call.ts";
import { parsePolicy } from "../../policy/index.ts";
import type { Document } from "./effective-policies.ts";
import { type EntityKind, splitResource } from "./entity.ts";
import { invalidInput } from "./errors.ts";
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
  readonly kind: "user" | "group" | "role";
  readonly name: string;
  readonly identity: readonly SourcePolicy[];
  readonly boundary: SourcePolicy | undefined;
}

const kinds = ["user", "group", "role"] as const;

export function onPolicySource(action: string) {
  return ({ PolicySourceArn: arn }: { readonly PolicySourceArn: string }): Access => ({ action, resource: arn });
}

/** What PolicySourceArn names, which has to be in the caller's account. */
export async function findPolicySource(
  store: Pick<IamStore, "findEntity" | "effectivePolicies">,
  { account }: Call,
  arn: string,
): Promise<PolicySource> {
  const parts = parseArn(arn);
  const isIam = parts?.service === "iam" && parts.region === "";
  const kind = isIam ? kinds.find((each) => splitResource(parts.resource, each) !== undefined) : undefined;
  const named = kind && splitResource(parts?.resource ?? "", kind);
  if (!kind || !named) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const { name, path } = named;
  const found = parts?.account === account ? await store.findEntity(account, kind as EntityKind, name) : undefined;
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
