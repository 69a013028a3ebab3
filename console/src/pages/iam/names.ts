import { everyPage } from "../../api/pages.ts";
import { useRead } from "../../data/use-call.ts";

/** The names of all users, to choose from. */
export function useUserNames() {
  return useRead(["iam", "user-names"], async (api, options) => {
    const users = await everyPage(api, "iam", "ListUsers", {}, "Users", options);
    return users.map(({ UserName = "" }) => UserName);
  });
}

/** The names of all groups, to choose from. */
export function useGroupNames() {
  return useRead(["iam", "group-names"], async (api, options) => {
    const groups = await everyPage(api, "iam", "ListGroups", {}, "Groups", options);
    return groups.map(({ GroupName = "" }) => GroupName);
  });
}
