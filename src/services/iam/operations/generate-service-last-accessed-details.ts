import { GenerateServiceLastAccessedDetailsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { requesterOf } from "../last-accessed/job.ts";
import { findSubject, onSubject, reportedSubject } from "../last-accessed/subject.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html */
export const generateServiceLastAccessedDetails = operation(GenerateServiceLastAccessedDetailsCommand)({
  find: findSubject,
  access: onSubject,
  async run(found, { Granularity: granularity = "SERVICE_LEVEL" }, { store, ids }, call) {
    const id = ids.uuid();
    await store.lastAccessed.insert({
      ...{ id, account: call.account, requester: requesterOf(call), granularity, createdAt: call.time },
      ...(await reportedSubject(store, call, found)),
    });
    return { JobId: id };
  },
});
