import type { Call } from "../../../model/call.ts";
import type { AccessKey } from "../credentials/access-keys/records.ts";
import { invalidArn, noSuchAccessKey, noSuchEntity, noSuchPolicy, notAttachable, validationError } from "../errors.ts";
import { isPolicyArn, type ManagedPolicy, type PolicyVersion, versionNumber } from "../policies/policy.ts";
import type { IamStatements } from "../store.ts";
import type { Group, Role, User } from "./entity.ts";
import { checkModifiable } from "./service-linked-roles/service-linked-role.ts";

/** What an operation names, or AWS's error that it is not there. */
export async function findRole(store: IamStatements, call: Call, name: string): Promise<Role> {
  const role = await store.findEntity(call.account, "role", name);
  if (!role) throw noSuchEntity("role", name);
  return role;
}

/** A role that is to be changed: a service-linked one is its service's. */
export async function findModifiableRole(store: IamStatements, call: Call, name: string): Promise<Role> {
  const role = await findRole(store, call, name);
  checkModifiable(role);
  return role;
}

export async function findUser(store: IamStatements, call: Call, name: string): Promise<User> {
  const user = await store.findEntity(call.account, "user", name);
  if (!user) throw noSuchEntity("user", name);
  return user;
}

export async function findGroup(store: IamStatements, call: Call, name: string): Promise<Group> {
  const group = await store.findEntity(call.account, "group", name);
  if (!group) throw noSuchEntity("group", name);
  return group;
}

export async function findUserAccessKey(
  store: IamStatements,
  call: Call,
  userName: string,
  accessKeyId: string,
): Promise<AccessKey> {
  const user = await findUser(store, call, userName);
  const key = (await store.listAccessKeys(user.id)).find(({ id }) => id === accessKeyId);
  if (!key) throw noSuchAccessKey(accessKeyId);
  return key;
}

export async function findPolicy(store: IamStatements, call: Call, arn: string): Promise<ManagedPolicy> {
  const policy = await visiblePolicy(store, call, arn);
  if (!policy) throw noSuchPolicy(arn);
  return policy;
}

/** A policy and its version of that id; AWS says the same of a policy that is not there as of a version. */
export async function findPolicyVersion(
  store: IamStatements,
  call: Call,
  { PolicyArn: arn, VersionId: versionId }: { readonly PolicyArn: string; readonly VersionId: string },
): Promise<{ readonly policy: ManagedPolicy; readonly version: PolicyVersion }> {
  const policy = await visiblePolicy(store, call, arn);
  const number = versionNumber(versionId);
  const version = number === undefined ? undefined : await store.findPolicyVersion(arn, number);
  if (!policy || !version) throw notAttachable(`Policy ${arn} version ${versionId}`);
  return { policy, version };
}

/** A policy that is to be attached. */
export async function findAttachable(store: IamStatements, call: Call, arn: string): Promise<void> {
  // Where policies are read, the same is another error.
  if (!isPolicyArn(arn)) throw validationError(`ARN ${arn} is not valid.`);
  if (!(await visiblePolicy(store, call, arn))) throw notAttachable(`Policy ${arn}`);
}

/** A policy that is to be a permissions boundary. */
export async function findBoundary(store: IamStatements, call: Call, arn: string | undefined): Promise<void> {
  if (arn !== undefined && !(await visiblePolicy(store, call, arn))) throw notAttachable(`Scope ARN: ${arn}`);
}

/** Another account's policies cannot be used. */
async function visiblePolicy(store: IamStatements, call: Call, arn: string): Promise<ManagedPolicy | undefined> {
  if (!isPolicyArn(arn)) throw invalidArn(arn);
  const policy = await store.findPolicy(arn);
  return policy && [call.account, "aws"].includes(policy.account) ? policy : undefined;
}
