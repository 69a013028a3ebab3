import { DeleteUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { cannotDelete } from "../errors.ts";
import type { IamRecords } from "../store.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = operation(DeleteUserCommand)({
  find: findUser,
  access: onEntity,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id } = await unchanged(store, found);
      const first = await conflictOf(store, id);
      if (first !== undefined) throw cannotDelete(first);
      await store.users.delete(id);
    });
    return {};
  },
});

/** The first thing that the caller has to do before. */
async function conflictOf(store: IamRecords, id: string): Promise<string | undefined> {
  if ((await store.memberships.listGroups(id)).length > 0) return "must remove users from group first";
  if (await store.loginProfiles.find(id)) return "must delete login profile first";
  if ((await store.attachments.list(id)).length > 0) return "must detach all policies first";
  if ((await store.inlinePolicies.list(id)).length > 0) return "must delete policies first";
  if ((await store.accessKeys.list(id)).length > 0) return "must delete access keys first";
  if ((await store.mfaDevices.listOf(id)).length > 0) return "must delete MFA device first";
  if ((await store.signingCertificates.list(id)).length > 0) return "must delete signing certificates first";
  const others = [...(await store.sshPublicKeys.list(id)), ...(await store.serviceCredentials.list(id))];
  if (others.length > 0) return "must remove referenced objects first";
  return undefined;
}
