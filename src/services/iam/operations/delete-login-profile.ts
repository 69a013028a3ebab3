import { DeleteLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { noLoginProfile } from "../credentials/passwords/find.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const deleteLoginProfile = operation(DeleteLoginProfileCommand)({
  find: findUser,
  access: onEntity,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      if (!(await store.loginProfiles.delete(user.id))) throw noLoginProfile(user);
    });
    return {};
  },
});
