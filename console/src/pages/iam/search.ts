import { ifDenied } from "../../api/error.ts";
import { everyPage } from "../../api/pages.ts";
import { to } from "../../parts/addresses.ts";
import type { Search } from "../../parts/subject.ts";

/** Users, groups, and the account's own policies. */
export const search: Search = async (text, api, options) => {
  const wanted = text.toLowerCase();
  const [users, groups, policies] = await Promise.all([
    everyPage(api, "iam", "ListUsers", {}, "Users", options).catch(ifDenied([])),
    everyPage(api, "iam", "ListGroups", {}, "Groups", options).catch(ifDenied([])),
    everyPage(api, "iam", "ListPolicies", { Scope: "Local" }, "Policies", options).catch(ifDenied([])),
  ]);
  return [
    ...users.map(({ UserName = "" }) => ({
      name: UserName,
      kind: { en: "User", "zh-CN": "用户" },
      to: to.user(UserName),
    })),
    ...groups.map(({ GroupName = "" }) => ({
      name: GroupName,
      kind: { en: "User group", "zh-CN": "用户组" },
      to: to.group(GroupName),
    })),
    ...policies.map(({ PolicyName = "", Arn = "" }) => ({
      name: PolicyName,
      kind: { en: "Policy", "zh-CN": "策略" },
      to: to.policy(Arn),
    })),
  ].filter(({ name }) => name.toLowerCase().includes(wanted));
};
