import { RemoveTagsFromResourceCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { invalidResourceId } from "../errors.ts";
import { tagKeyConditions } from "../parameters/access.ts";
import { taggedAccess, taggedParameter } from "../parameters/tagged-parameter.ts";
import { withoutTags } from "../parameters/tags.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html */
export const removeTagsFromResource = operation(RemoveTagsFromResourceCommand)({
  access: (input, call, context: Ssm) =>
    taggedAccess("RemoveTagsFromResource", input, call, context, tagKeyConditions(input.TagKeys)),

  async run(input, { parameters }, call) {
    const { name } = taggedParameter(call);
    if (!(await parameters.changeTags(call, name, call.time, (tags) => withoutTags(tags, input.TagKeys)))) {
      throw invalidResourceId();
    }
    return {};
  },
});
