import type { Api, CallOptions } from "../../api/client.ts";
import { everyPage } from "../../api/pages.ts";

export interface NamedDocument {
  readonly name: string;
  readonly document: string;
}

export interface Principal {
  readonly kind: "user" | "role";
  readonly name: string;
  /** Of the user or role itself, for the simulator. */
  readonly arn: string;
}

/** The user or role behind a caller's ARN; undefined for the root user, services and federated users. */
export function principalOf(arn: string): Principal | undefined {
  const [, partition, service, , account, resource = ""] = arn.split(":");
  const [kind = "", ...path] = resource.split("/");
  const name = path.at(-1) ?? "";
  if (service === "iam" && (kind === "user" || kind === "role")) return { kind, name, arn };
  if (service !== "sts" || kind !== "assumed-role") return undefined;
  const role = path[0] ?? "";
  return { kind: "role", name: role, arn: `arn:${partition}:iam::${account}:role/${role}` };
}

/** Every identity-based policy of a user, with those of its groups, or of a role. */
export async function policiesOf(
  api: Api,
  { kind, name }: Principal,
  options: CallOptions,
): Promise<readonly NamedDocument[]> {
  if (kind === "role") {
    const role = { RoleName: name };
    const [inline, attached] = await Promise.all([
      everyPage(api, "iam", "ListRolePolicies", role, "PolicyNames", options),
      everyPage(api, "iam", "ListAttachedRolePolicies", role, "AttachedPolicies", options),
    ]);
    return Promise.all([
      ...inline.map(async (PolicyName) => {
        const { PolicyDocument } = await api.call("iam", "GetRolePolicy", { ...role, PolicyName }, options);
        return { name: PolicyName, document: decodeURIComponent(PolicyDocument ?? "{}") };
      }),
      ...attached.map(({ PolicyArn = "" }) => managed(api, PolicyArn, options)),
    ]);
  }
  const user = { UserName: name };
  const [inline, attached, groups] = await Promise.all([
    everyPage(api, "iam", "ListUserPolicies", user, "PolicyNames", options),
    everyPage(api, "iam", "ListAttachedUserPolicies", user, "AttachedPolicies", options),
    everyPage(api, "iam", "ListGroupsForUser", user, "Groups", options),
  ]);
  const ofGroups = await Promise.all(groups.map(({ GroupName = "" }) => policiesOfGroup(api, GroupName, options)));
  const own = await Promise.all([
    ...inline.map(async (PolicyName) => {
      const { PolicyDocument } = await api.call("iam", "GetUserPolicy", { ...user, PolicyName }, options);
      return { name: PolicyName, document: decodeURIComponent(PolicyDocument ?? "{}") };
    }),
    ...attached.map(({ PolicyArn = "" }) => managed(api, PolicyArn, options)),
  ]);
  return [...own, ...ofGroups.flat()];
}

async function policiesOfGroup(api: Api, GroupName: string, options: CallOptions): Promise<readonly NamedDocument[]> {
  const group = { GroupName };
  const [inline, attached] = await Promise.all([
    everyPage(api, "iam", "ListGroupPolicies", group, "PolicyNames", options),
    everyPage(api, "iam", "ListAttachedGroupPolicies", group, "AttachedPolicies", options),
  ]);
  return Promise.all([
    ...inline.map(async (PolicyName) => {
      const { PolicyDocument } = await api.call("iam", "GetGroupPolicy", { ...group, PolicyName }, options);
      return { name: `${GroupName}/${PolicyName}`, document: decodeURIComponent(PolicyDocument ?? "{}") };
    }),
    ...attached.map(({ PolicyArn = "" }) => managed(api, PolicyArn, options)),
  ]);
}

async function managed(api: Api, PolicyArn: string, options: CallOptions): Promise<NamedDocument> {
  const { Policy } = await api.call("iam", "GetPolicy", { PolicyArn }, options);
  const VersionId = Policy?.DefaultVersionId ?? "v1";
  const { PolicyVersion } = await api.call("iam", "GetPolicyVersion", { PolicyArn, VersionId }, options);
  return { name: Policy?.PolicyName ?? PolicyArn, document: decodeURIComponent(PolicyVersion?.Document ?? "{}") };
}
