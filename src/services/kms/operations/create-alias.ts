import { AlreadyExistsException$, CreateAliasCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { aliasAccess } from "../aliases/access.ts";
import { refuseAliasAsTarget, refuseAliasName } from "../aliases/alias.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { aliasArn } from "../keys/key.ts";
import { refusePendingDeletion } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const createAlias = operation(CreateAliasCommand)({
  find(input, call, context: Kms) {
    refuseAliasName(input.AliasName);
    refuseAliasAsTarget(call, input.TargetKeyId);
    return findKey(context, call, input.TargetKeyId, { operation: "CreateAlias" });
  },
  access: (found, input, call) => [aliasAccess(call, input.AliasName), keyAccess(call, found)],
  async run({ key, arn }, input, { store }, call) {
    const create = () =>
      store.aliases.create(call, input.AliasName, key, (current) => refusePendingDeletion({ key: current, arn }));
    let outcome = await create();
    // The name may be the one of a key whose deletion date has passed.
    if (outcome === "exists" && (await store.deletions.removeDue()) > 0) outcome = await create();
    if (outcome === "no key") throw keyNotFound(arn);
    if (outcome === "created") return {};
    const message = `An alias with the name ${aliasArn(call, input.AliasName)} already exists`;
    throw new ApiError(AlreadyExistsException$, message);
  },
});
