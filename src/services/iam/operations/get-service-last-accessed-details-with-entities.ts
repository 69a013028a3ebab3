import { GetServiceLastAccessedDetailsWithEntitiesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { findLastAccessedJob, jobState } from "../last-accessed/find.ts";
import { entitiesLastAccessed } from "../last-accessed/shape.ts";
import { endPage, readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html */
export const getServiceLastAccessedDetailsWithEntities = operation(GetServiceLastAccessedDetailsWithEntitiesCommand)({
  access: onAccount("iam:GetServiceLastAccessedDetailsWithEntities"),
  async run(input, context: Iam, call) {
    const job = await findLastAccessedJob(context, call, input.JobId);
    const entities = job.done ? entitiesLastAccessed(job, input.ServiceNamespace) : [];
    const asked = readPage(input);
    // The order of a report that is done stays as it is.
    const first = entities.findIndex(({ EntityInfo: info }) => info?.Id === asked.after) + 1;
    const rest = entities.slice(first, first + asked.limit + 1);
    const { page, ...paging } = endPage(rest, asked, ({ EntityInfo: info }) => info?.Id ?? "");
    return { ...jobState(job), EntityDetailsList: page, ...paging };
  },
});
