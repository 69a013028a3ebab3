import { DeleteUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { cannotDelete } from "../errors.ts";
import type { IamStatements } from "../store.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = operation(DeleteUserCommand)({
  access: onUser("iam:DeleteUser"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findUser(store, call, input.UserName);
      const conflict = await conflictOf(store, id);
      if (conflict) throw cannotDelete(conflict);
      await store.deleteEntity(id);
    });
    return {};
  },
});

/** What is to be done before. */
async function conflictOf(store: IamStatements, id: string): Promise<string | undefined> {
  if ((await store.listGroupsOf(id)).length > 0) return "must remove users from group first";
  if (await store.findLoginProfile(id)) return "must delete login profile first";
  if ((await store.listAttached(id)).length > 0) return "must detach all policies first";
  if ((await store.listInline(id)).length > 0) return "must delete policies first";
  if ((await store.listAccessKeys(id)).length > 0) return "must delete access keys first";
  return undefined;
}
