import { TagResourceCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeTags } from "../secrets/change-tags.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { requestedTags, withTags } from "../secrets/tags.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  async find(input, call, context: SecretsManager) {
    const added = requestedTags(input.Tags);
    return { ...(await findSecret(context, call, input.SecretId)), added };
  },
  access: (found) => secretAccess(found, requestTagKeys(found.added)),
  async run(found, _input, context, call) {
    const { added } = found;
    const permission = { action: "secretsmanager:TagResource", conditions: requestTagKeys(added) };
    await changeTags(context, call, changeableSecret(found), permission, (tags) => withTags(tags, added));
    return {};
  },
});
