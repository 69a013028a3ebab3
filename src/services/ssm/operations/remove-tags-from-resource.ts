import { RemoveTagsFromResourceCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { invalidResourceId } from "../errors.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { resultOf } from "../parameters/outcome.ts";
import { taggedParameter, taggedReference } from "../parameters/tagged.ts";
import { withoutTags } from "../parameters/tags.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html */
export const removeTagsFromResource = operation(RemoveTagsFromResourceCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, taggedReference(call, input)),
  access: (found, input) => parameterAccess(found, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, { store }, call) {
    const change = await store.writes.changeTags(call, taggedParameter(found), call.time, (tags) =>
      withoutTags(tags, input.TagKeys),
    );
    resultOf(change, invalidResourceId);
    return {};
  },
});
