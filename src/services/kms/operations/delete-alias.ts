import { DeleteAliasCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import { aliasAccess } from "../aliases/access.ts";
import { refuseAliasName } from "../aliases/alias.ts";
import type { Kms } from "../context.ts";
import { aliasNotFound, changedMeanwhile } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { aliasArn } from "../keys/key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html */
export const deleteAlias = operation(DeleteAliasCommand)({
  async find(input, call, context: Kms) {
    refuseAliasName(input.AliasName);
    const { key, arn } = await findKey(context, call, input.AliasName);
    return { key, arn };
  },
  access: (found, input, call) => [aliasAccess(call, input.AliasName), keyAccess(call, found)],
  async run({ key }, input, { store }, call) {
    const arn = aliasArn(call, input.AliasName);
    switch (await store.aliases.delete(call, { name: input.AliasName, keyId: key.id })) {
      case "deleted":
        return {};
      case "no alias":
        throw aliasNotFound(arn);
      case "moved":
        throw changedMeanwhile(`Alias ${arn}`);
    }
  },
});
