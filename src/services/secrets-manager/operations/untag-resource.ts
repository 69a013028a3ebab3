import { UntagResourceCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeTags } from "../secrets/change-tags.ts";
import { withoutTags } from "../secrets/tags.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:UntagResource", input.SecretId, call, context, { "aws:TagKeys": input.TagKeys }),
  async run(input, context, call) {
    const conditions = { "aws:TagKeys": input.TagKeys };
    await changeTags("secretsmanager:UntagResource", context, call, conditions, (tags) =>
      withoutTags(tags, input.TagKeys),
    );
    return {};
  },
});
