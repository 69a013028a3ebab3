import { GetServiceLastAccessedDetailsWithEntitiesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { existingJob } from "../last-accessed/find.ts";
import { entitiesLastAccessed, jobState } from "../last-accessed/shape.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html */
export const getServiceLastAccessedDetailsWithEntities = operation(GetServiceLastAccessedDetailsWithEntitiesCommand)({
  access: onAccount,
  async run(_found, input, context: Iam, call) {
    const job = await existingJob(context, call, input.JobId);
    const entities = job.done ? entitiesLastAccessed(job, input.ServiceNamespace) : [];
    const asked = readPage(input);
    // A report that is done keeps its order.
    const first = entities.findIndex(({ EntityInfo: info }) => info?.Id === asked.after) + 1;
    const rest = entities.slice(first, first + asked.limit + 1);
    const { page, ...paging } = endPage(rest, asked, ({ EntityInfo: info }) => info?.Id ?? "");
    return { ...jobState(job), EntityDetailsList: page, ...paging };
  },
});
