import type { Access, Call } from "../../../model/call.ts";
import type { Iam } from "../context.ts";
import { validationError } from "../errors.ts";
import { policyArn } from "../policies/policy.ts";
import { resourceTagConditions } from "../tags.ts";
import { type EntityKind, entityArn, type Tags } from "./entity.ts";

type Conditions = Record<string, string | readonly string[]>;

/** What calling an operation on one role needs; `conditions` adds keys that the input sets. */
export function onRole<In extends { readonly RoleName: string }>(
  action: string,
  conditions: (input: In) => Conditions = () => ({}),
) {
  return (input: In, call: Call, { store }: Iam) =>
    onEntity({ store }, call, "role", input.RoleName, action, conditions(input));
}

/** As `onRole`; a user that the input does not name is the caller. */
export function onUser<In extends { readonly UserName?: string }>(
  action: string,
  conditions: (input: In) => Conditions = () => ({}),
) {
  return (input: In, call: Call, { store }: Iam) =>
    onEntity({ store }, call, "user", userNameOf(input, call), action, conditions(input));
}

/** As `onRole`. */
export function onGroup<In extends { readonly GroupName: string }>(
  action: string,
  conditions: (input: In) => Conditions = () => ({}),
) {
  return (input: In, call: Call, { store }: Iam) =>
    onEntity({ store }, call, "group", input.GroupName, action, conditions(input));
}

/** An entity that is yet to be made. */
export function onNewEntity(
  call: Call,
  action: string,
  entity: { readonly kind: EntityKind; readonly path: string; readonly name: string },
  options: { readonly boundaryArn: string | undefined; readonly requestTags: Conditions },
): Access {
  return {
    action,
    resource: entityArn(call, entity.kind, entity.path, entity.name),
    conditions: {
      ...options.requestTags,
      // Policies find the tags that something is made with as the request's and as the resource's.
      ...resourceTagConditions(requested(options.requestTags)),
      ...boundaryCondition(options.boundaryArn),
    },
  };
}

/** All roles, users or policies below a path. */
export function onList(
  action: string,
  kind: EntityKind | "policy" | "instance-profile" | "mfa" | "server-certificate",
) {
  return ({ PathPrefix: prefix = "/" }: { readonly PathPrefix?: string }, call: Call): Access => ({
    action,
    resource: `arn:${call.partition}:iam::${call.account}:${kind}${prefix}`,
  });
}

export function onPolicy(action: string) {
  return async ({ PolicyArn: arn }: { readonly PolicyArn: string }, _call: Call, { store }: Iam): Promise<Access> => ({
    action,
    resource: arn,
    conditions: policyTags((await store.findPolicy(arn))?.tags),
  });
}

/** AWS's own policies are another account's, so that nobody may change them. */
export function onPolicyToChange<In extends { readonly PolicyArn: string }>(
  action: string,
  conditions: (input: In) => Conditions = () => ({}),
) {
  return async (input: In, call: Call, context: Iam): Promise<Access> => {
    const access = await onPolicy(action)(input, call, context);
    const account = /^arn:[^:]+:iam::([^:]+):/.exec(input.PolicyArn)?.[1];
    return {
      ...access,
      conditions: { ...access.conditions, ...conditions(input) },
      ...(account !== undefined && { resourceAccount: account }),
    };
  };
}

export function onNewPolicy(call: Call, action: string, path: string, name: string, conditions: Conditions): Access {
  return {
    action,
    resource: policyArn(call, path, name),
    conditions: { ...conditions, ...policyTags(requested(conditions)) },
  };
}

/** Condition keys of a policy's tags, which have no name of IAM's own. */
function policyTags(tags: Tags = {}): Conditions {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

/** The tags among the condition keys of a request. */
function requested(conditions: Conditions): Tags {
  const prefix = "aws:RequestTag/";
  return Object.fromEntries(
    Object.entries(conditions).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value as string] as const] : [],
    ),
  );
}

export function boundaryCondition(arn: string | undefined): Conditions {
  return arn === undefined ? {} : { "iam:PermissionsBoundary": arn };
}

/** Actions on users and roles for which policies see whose permissions boundary it is; others do not show it. */
const boundedActions =
  /^iam:(?:(?:Attach|Detach|Put|Delete)(?:User|Role)Policy|(?:Put|Delete)(?:User|Role)PermissionsBoundary|DeleteRole|GetRole|UpdateRole(?:Description)?|UpdateAssumeRolePolicy)$/;

/** The user that is meant: the named one, else the caller. */
export function userNameOf({ UserName: name }: { readonly UserName?: string }, { principal }: Call): string {
  const meant = name ?? principal.userName;
  if (meant === undefined) throw validationError("Must specify userName when calling with non-User credentials");
  return meant;
}

/** Whether the root user asks about itself. */
export function isRootItself({ UserName: name }: { readonly UserName?: string }, { principal }: Call): boolean {
  return name === undefined && principal.kind === "root";
}

async function onEntity(
  { store }: Pick<Iam, "store">,
  call: Call,
  kind: EntityKind,
  name: string,
  action: string,
  conditions: Conditions,
): Promise<Access> {
  const entity = await store.findEntity(call.account, kind, name);
  return {
    action,
    resource: entityArn(call, kind, entity?.path ?? "/", name),
    conditions: {
      ...resourceTagConditions(entity?.tags),
      ...(boundedActions.test(action) && boundaryCondition(entity?.boundaryArn)),
      ...conditions,
    },
  };
}
