import type { Api, CallOptions } from "../../api/client.ts";
import { everyPage } from "../../api/pages.ts";
import { to } from "../../parts/addresses.ts";
import type { Crumb } from "../../parts/page.tsx";

/** A user, a group or a role, whose policies are managed alike. */
export interface Identity {
  readonly kind: "user" | "group" | "role";
  readonly name: string;
  /** The address of its page. */
  readonly page: string;
  readonly attached: (api: Api, options?: CallOptions) => Promise<readonly AttachedPolicy[]>;
  /** Names of its inline policies. */
  readonly inline: (api: Api, options?: CallOptions) => Promise<readonly string[]>;
  readonly attach: (api: Api, PolicyArn: string) => Promise<object>;
  readonly detach: (api: Api, PolicyArn: string) => Promise<object>;
  readonly get: (
    api: Api,
    PolicyName: string,
    options?: CallOptions,
  ) => Promise<{ readonly PolicyDocument?: string | undefined }>;
  readonly put: (api: Api, PolicyName: string, PolicyDocument: string) => Promise<object>;
  readonly remove: (api: Api, PolicyName: string) => Promise<object>;
}

interface AttachedPolicy {
  readonly PolicyName?: string | undefined;
  readonly PolicyArn?: string | undefined;
}

export function userIdentity(UserName: string): Identity {
  const user = { UserName };
  return {
    ...{ kind: "user", name: UserName, page: to.user(UserName) },
    attached: (api, options) => everyPage(api, "iam", "ListAttachedUserPolicies", user, "AttachedPolicies", options),
    inline: (api, options) => everyPage(api, "iam", "ListUserPolicies", user, "PolicyNames", options),
    attach: (api, PolicyArn) => api.call("iam", "AttachUserPolicy", { ...user, PolicyArn }),
    detach: (api, PolicyArn) => api.call("iam", "DetachUserPolicy", { ...user, PolicyArn }),
    get: (api, PolicyName, options) => api.call("iam", "GetUserPolicy", { ...user, PolicyName }, options),
    put: (api, PolicyName, PolicyDocument) => api.call("iam", "PutUserPolicy", { ...user, PolicyName, PolicyDocument }),
    remove: (api, PolicyName) => api.call("iam", "DeleteUserPolicy", { ...user, PolicyName }),
  };
}

export function groupIdentity(GroupName: string): Identity {
  const group = { GroupName };
  return {
    ...{ kind: "group", name: GroupName, page: to.group(GroupName) },
    attached: (api, options) => everyPage(api, "iam", "ListAttachedGroupPolicies", group, "AttachedPolicies", options),
    inline: (api, options) => everyPage(api, "iam", "ListGroupPolicies", group, "PolicyNames", options),
    attach: (api, PolicyArn) => api.call("iam", "AttachGroupPolicy", { ...group, PolicyArn }),
    detach: (api, PolicyArn) => api.call("iam", "DetachGroupPolicy", { ...group, PolicyArn }),
    get: (api, PolicyName, options) => api.call("iam", "GetGroupPolicy", { ...group, PolicyName }, options),
    put: (api, PolicyName, PolicyDocument) =>
      api.call("iam", "PutGroupPolicy", { ...group, PolicyName, PolicyDocument }),
    remove: (api, PolicyName) => api.call("iam", "DeleteGroupPolicy", { ...group, PolicyName }),
  };
}

export function roleIdentity(RoleName: string): Identity {
  const role = { RoleName };
  return {
    ...{ kind: "role", name: RoleName, page: to.role(RoleName) },
    attached: (api, options) => everyPage(api, "iam", "ListAttachedRolePolicies", role, "AttachedPolicies", options),
    inline: (api, options) => everyPage(api, "iam", "ListRolePolicies", role, "PolicyNames", options),
    attach: (api, PolicyArn) => api.call("iam", "AttachRolePolicy", { ...role, PolicyArn }),
    detach: (api, PolicyArn) => api.call("iam", "DetachRolePolicy", { ...role, PolicyArn }),
    get: (api, PolicyName, options) => api.call("iam", "GetRolePolicy", { ...role, PolicyName }, options),
    put: (api, PolicyName, PolicyDocument) => api.call("iam", "PutRolePolicy", { ...role, PolicyName, PolicyDocument }),
    remove: (api, PolicyName) => api.call("iam", "DeleteRolePolicy", { ...role, PolicyName }),
  };
}

/** The identity whose page an address is below: `iam/users/:user`, `iam/groups/:group` or `iam/roles/:role`. */
export function identityOfPage({ user, group, role = "" }: Readonly<Record<string, string | undefined>>): Identity {
  if (user !== undefined) return userIdentity(user);
  return group === undefined ? roleIdentity(role) : groupIdentity(group);
}

/** The way to its page. */
export function crumbsTo(
  { kind, name, page }: Identity,
  t: { readonly users: string; readonly userGroups: string; readonly roles: string },
): readonly Crumb[] {
  const list = {
    user: { text: t.users, to: "/iam/users" },
    group: { text: t.userGroups, to: "/iam/groups" },
    role: { text: t.roles, to: "/iam/roles" },
  }[kind];
  return [{ text: "IAM", to: "/iam/users" }, list, { text: name, to: page }];
}

/** Takes all its policies from it, as AWS's console does before it deletes it. */
export async function withoutPolicies(api: Api, identity: Identity): Promise<void> {
  for (const { PolicyArn = "" } of await identity.attached(api)) await identity.detach(api, PolicyArn);
  for (const name of await identity.inline(api)) await identity.remove(api, name);
}
