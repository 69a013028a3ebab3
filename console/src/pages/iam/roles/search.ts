import { everyPage } from "../../../api/pages.ts";
import { to } from "../../../parts/addresses.ts";
import type { Search } from "../../../parts/subject.ts";

export const search: Search = async (text, api, options) => {
  const roles = await everyPage(api, "iam", "ListRoles", {}, "Roles", options);
  return roles
    .filter(({ RoleName = "" }) => RoleName.toLowerCase().includes(text.toLowerCase()))
    .map(({ RoleName = "" }) => ({ name: RoleName, kind: { en: "Role", "zh-CN": "角色" }, to: to.role(RoleName) }));
};
