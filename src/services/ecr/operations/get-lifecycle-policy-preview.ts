import { GetLifecyclePolicyPreviewCommand } from "@aws-sdk/client-ecr";
import { operation } from "../../../model/operation.ts";
import type { Ecr } from "../context.ts";
import { lifecyclePreviewNotFound } from "../errors.ts";
import { imagePage } from "../images/page.ts";
import type { PreviewResult } from "../lifecycle/records.ts";
import { repositoryAccess } from "../repositories/access.ts";
import { existingRepository, findRepository } from "../repositories/find.ts";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicyPreview.html */
export const getLifecyclePolicyPreview = operation(GetLifecyclePolicyPreviewCommand)({
  find: (input, call, context: Ecr) => findRepository(context, call, input.repositoryName, input.registryId),
  access: (found, _input, call) => repositoryAccess(found, call),
  async run(found, { imageIds, filter, maxResults, nextToken }, { store }) {
    const repository = existingRepository(found);
    const preview = await store.lifecycle.preview(repository);
    if (!preview) throw lifecyclePreviewNotFound(repository);
    const isAsked = ({ digest, tags }: PreviewResult) =>
      imageIds === undefined ||
      imageIds.some(
        (id) =>
          (id.imageDigest === undefined || id.imageDigest === digest) &&
          (id.imageTag === undefined || tags.includes(id.imageTag)),
      );
    const page = { ...(maxResults && { maxResults }), ...(nextToken && { nextToken }), ...(filter && { filter }) };
    const { items, nextToken: next } = imagePage(preview.results.filter(isAsked), page, ({ digest, tags }) => ({
      ...{ key: [digest], isTagged: tags.length > 0 },
    }));
    return {
      ...{ registryId: repository.account, repositoryName: repository.name },
      ...{ lifecyclePolicyText: preview.policyText, status: "COMPLETE" as const, ...next },
      previewResults: items.map(({ digest, tags, pushedAt, priority }) => ({
        ...(tags.length > 0 && { imageTags: [...tags] }),
        ...{ imageDigest: digest, imagePushedAt: new Date(pushedAt), appliedRulePriority: priority },
        action: { type: "EXPIRE" as const },
      })),
      summary: { expiringImageTotalCount: preview.results.length },
    };
  },
});
