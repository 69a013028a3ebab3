import { useNavigate } from "react-router";
import { isNotFound } from "../../api/error.ts";
import { everyPage } from "../../api/pages.ts";
import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { userIdentity, withoutPolicies } from "./identity.ts";
import { messages } from "./messages.ts";

/** As AWS's console does: what would hold the deletion back goes first. */
export function DeleteUser({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const navigate = useNavigate();
  const action = useAction(async (api) => {
    const user = { UserName: name };
    for (const { GroupName = "" } of await everyPage(api, "iam", "ListGroupsForUser", user, "Groups")) {
      await api.call("iam", "RemoveUserFromGroup", { ...user, GroupName });
    }
    await withoutPolicies(api, userIdentity(name));
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
    return true;
  });
  return (
    <ConfirmDelete
      what={name}
      word={name}
      action={action}
      onClose={(isDeleted) => {
        onClose();
        if (!isDeleted) return;
        flash({ type: "success", text: t.userDeleted(name) });
        void navigate("/iam/users");
      }}
    >
      {t.deleteUserText}
    </ConfirmDelete>
  );
}
