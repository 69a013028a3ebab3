import { TagResourceCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { requestTagConditions, secretAccess } from "../secrets/access.ts";
import { changeTags } from "../secrets/change-tags.ts";
import { requestedTags, withTags } from "../secrets/tags.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess(
      "secretsmanager:TagResource",
      input.SecretId,
      call,
      context,
      requestTagConditions(requestedTags(input.Tags)),
    ),
  async run(input, context, call) {
    const added = requestedTags(input.Tags);
    await changeTags("secretsmanager:TagResource", context, call, requestTagConditions(added), (tags) =>
      withTags(tags, added),
    );
    return {};
  },
});
