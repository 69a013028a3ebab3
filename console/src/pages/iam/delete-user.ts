import type { Api } from "../../api/client.ts";
import { isNotFound } from "../../api/error.ts";
import { everyPage } from "../../api/pages.ts";
import { userIdentity, withoutPolicies } from "./identity.ts";

/** Deletes a user, after all that would hold the deletion back. */
export async function deleteUser(api: Api, UserName: string): Promise<void> {
  const user = { UserName };
  for (const { GroupName = "" } of await everyPage(api, "iam", "ListGroupsForUser", user, "Groups")) {
    await api.call("iam", "RemoveUserFromGroup", { ...user, GroupName });
  }
  await withoutPolicies(api, userIdentity(UserName));
  for (const { AccessKeyId = "" } of await everyPage(api, "iam", "ListAccessKeys", user, "AccessKeyMetadata")) {
    await api.call("iam", "DeleteAccessKey", { ...user, AccessKeyId });
  }
  for (const { SerialNumber = "" } of await everyPage(api, "iam", "ListMFADevices", user, "MFADevices")) {
    await api.call("iam", "DeactivateMFADevice", { ...user, SerialNumber });
  }
  await api.call("iam", "DeleteLoginProfile", user).catch((error: unknown) => {
    // Not every user has a password.
    if (!isNotFound(error)) throw error;
  });
  await api.call("iam", "DeleteUser", user);
}
