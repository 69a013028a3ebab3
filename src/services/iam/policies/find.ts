import { parseArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import { validationError } from "../../../model/common-errors.ts";
import type { Iam } from "../context.ts";
import { invalidArn } from "../errors.ts";
import { refuseChanged } from "../refuse-changed.ts";
import type { IamRecords } from "../store.ts";
import { noSuchPolicy, notAttachable } from "./errors.ts";
import { isPolicyArn, type ManagedPolicy, type PolicyVersion, versionNumber } from "./policy.ts";

/** The managed policy that a request names, as it was found before access was asked for. */
export interface FoundPolicy {
  readonly arn: string;
  /** `undefined` where the account sees no policy of that ARN. */
  readonly policy: ManagedPolicy | undefined;
}

export async function findPolicy(
  { PolicyArn: arn }: { readonly PolicyArn: string },
  call: Call,
  { store }: Pick<Iam, "store">,
): Promise<FoundPolicy> {
  return { arn, policy: await visiblePolicy(store, call, arn) };
}

/** The policy that was found. Throws AWS's error where it does not exist. */
export function existingPolicy({ arn, policy }: FoundPolicy): ManagedPolicy {
  if (!isPolicyArn(arn)) throw invalidArn(arn);
  if (!policy) throw noSuchPolicy(arn);
  return policy;
}

/** See `unchanged` of entities. */
export async function unchangedPolicy(store: IamRecords, found: FoundPolicy): Promise<ManagedPolicy> {
  return existingPolicy({ ...found, policy: await samePolicy(store, found) });
}

/** A version of the policy that was found. AWS has one error for a missing policy and for a missing version. */
export async function existingVersion(
  store: IamRecords,
  { arn, policy }: FoundPolicy,
  versionId: string,
): Promise<{ readonly policy: ManagedPolicy; readonly version: PolicyVersion }> {
  if (!isPolicyArn(arn)) throw invalidArn(arn);
  const number = versionNumber(versionId);
  const version = policy && number !== undefined ? await store.policies.findVersion(arn, number) : undefined;
  if (!policy || !version) throw notAttachable(`Policy ${arn} version ${versionId}`);
  return { policy, version };
}

/** As `existingVersion`, of a policy that is the same in the transaction of `store` as it was found. */
export async function unchangedVersion(store: IamRecords, found: FoundPolicy, versionId: string) {
  return existingVersion(store, { ...found, policy: await samePolicy(store, found) }, versionId);
}

/** Refuses an ARN of no policy that the account may attach. */
export async function checkAttachable(store: IamRecords, call: Call, arn: string): Promise<void> {
  checkPolicyArn(arn);
  if (!(await visiblePolicy(store, call, arn))) throw notAttachable(`Policy ${arn}`);
}

/** Refuses what attaching and detaching refuse: the operations that read policies have another error for this. */
export function checkPolicyArn(arn: string): void {
  if (isPolicyArn(arn)) return;
  throw validationError(parseArn(arn) ? `ARN ${arn} is not valid.` : "Invalid ARN:  Could not be parsed!");
}

/** Refuses an ARN of no policy that may be a permissions boundary in the account. */
export async function checkBoundary(store: IamRecords, call: Call, arn: string | undefined): Promise<void> {
  if (arn === undefined) return;
  if (!isPolicyArn(arn)) throw invalidArn(arn);
  if (!(await visiblePolicy(store, call, arn))) throw notAttachable(`Scope ARN: ${arn}`);
}

/** The policy as the transaction of `store` sees it; `undefined` where it was deleted, even if its ARN is in use again. */
async function samePolicy(store: IamRecords, { arn, policy }: FoundPolicy): Promise<ManagedPolicy | undefined> {
  if (!policy) return undefined;
  const now = await store.policies.find(arn);
  if (now?.id !== policy.id) return undefined;
  refuseChanged(policy, now);
  return now;
}

/** An account sees its own policies and AWS's. */
async function visiblePolicy(store: IamRecords, call: Call, arn: string): Promise<ManagedPolicy | undefined> {
  const policy = await store.policies.find(arn);
  return policy && [call.account, "aws"].includes(policy.account) ? policy : undefined;
}
