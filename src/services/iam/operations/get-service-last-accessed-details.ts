import { GetServiceLastAccessedDetailsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAccount } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { existingJob } from "../last-accessed/find.ts";
import { jobState, servicesLastAccessed } from "../last-accessed/shape.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html */
export const getServiceLastAccessedDetails = operation(GetServiceLastAccessedDetailsCommand)({
  access: onAccount,
  async run(_found, input, context: Iam, call) {
    const job = await existingJob(context, call, input.JobId);
    const services = job.done ? servicesLastAccessed(job) : [];
    const { page, ...rest } = pageOf(services, input, ({ ServiceNamespace: namespace }) => namespace ?? "");
    return { ...jobState(job), JobType: job.granularity, ServicesLastAccessed: page, ...rest };
  },
});
