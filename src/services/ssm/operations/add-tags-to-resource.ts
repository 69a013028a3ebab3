import { AddTagsToResourceCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { invalidResourceId } from "../errors.ts";
import { requestTagConditions } from "../parameters/access.ts";
import { taggedAccess, taggedParameter } from "../parameters/tagged-parameter.ts";
import { requestedTags, withTags } from "../parameters/tags.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export const addTagsToResource = operation(AddTagsToResourceCommand)({
  access: (input, call, context: Ssm) =>
    taggedAccess("AddTagsToResource", input, call, context, requestTagConditions(requestedTags(input.Tags))),

  async run(input, { parameters }, call) {
    const added = requestedTags(input.Tags);
    const { name } = taggedParameter(call);
    if (!(await parameters.changeTags(call, name, call.time, (tags) => withTags(tags, added))))
      throw invalidResourceId();
    return {};
  },
});
