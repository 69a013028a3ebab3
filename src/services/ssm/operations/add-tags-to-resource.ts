import { AddTagsToResourceCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import type { Ssm } from "../context.ts";
import { invalidResourceId } from "../errors.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { resultOf } from "../parameters/outcome.ts";
import { taggedParameter, taggedReference } from "../parameters/tagged.ts";
import { requestedTags, withTags } from "../parameters/tags.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export const addTagsToResource = operation(AddTagsToResourceCommand)({
  async find(input, call, context: Ssm) {
    const added = requestedTags(input.Tags);
    return { ...(await findParameter(context, call, taggedReference(call, input))), added };
  },
  access: (found) => parameterAccess(found, requestTagKeys(found.added)),
  async run(found, _input, { store }, call) {
    const change = await store.writes.changeTags(call, taggedParameter(found), call.time, (tags) =>
      withTags(tags, found.added),
    );
    resultOf(change, invalidResourceId);
    return {};
  },
});
