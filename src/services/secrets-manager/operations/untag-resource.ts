import { UntagResourceCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeTags } from "../secrets/change-tags.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { withoutTags } from "../secrets/tags.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found, input) => secretAccess(found, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, context, call) {
    const keys = input.TagKeys;
    const permission = { action: "secretsmanager:UntagResource", conditions: { "aws:TagKeys": keys } };
    await changeTags(context, call, changeableSecret(found), permission, (tags) => withoutTags(tags, keys));
    return {};
  },
});
