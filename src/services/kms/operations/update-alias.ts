import { UpdateAliasCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import { aliasAccess } from "../aliases/access.ts";
import { refuseAliasAsTarget, refuseAliasName, refuseOtherKind } from "../aliases/alias.ts";
import type { Kms } from "../context.ts";
import { aliasNotFound, changedMeanwhile, keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { aliasArn } from "../keys/key.ts";
import { refusePendingDeletion } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html */
export const updateAlias = operation(UpdateAliasCommand)({
  async find(input, call, context: Kms) {
    refuseAliasName(input.AliasName);
    refuseAliasAsTarget(call, input.TargetKeyId);
    const { key, arn } = await findKey(context, call, input.AliasName);
    const target = await findKey(context, call, input.TargetKeyId, { operation: "UpdateAlias" });
    return { current: { key, arn }, target };
  },
  access: ({ current, target }, input, call) => [
    aliasAccess(call, input.AliasName),
    keyAccess(call, current),
    keyAccess(call, target),
  ],
  async run({ current, target }, input, { store }, call) {
    refusePendingDeletion(target);
    refuseOtherKind(current.key, target.key);
    const alias = { name: input.AliasName, keyId: current.key.id };
    const outcome = await store.aliases.update(call, alias, target.key, (key) =>
      refusePendingDeletion({ key, arn: target.arn }),
    );
    const arn = aliasArn(call, input.AliasName);
    switch (outcome) {
      case "updated":
        return {};
      case "no alias":
        throw aliasNotFound(arn);
      case "no key":
        throw keyNotFound(target.arn);
      case "moved":
        throw changedMeanwhile(`Alias ${arn}`);
    }
  },
});
