import { GenerateServiceLastAccessedDetailsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicy } from "../entities/access.ts";
import { findByArn } from "../entities/find-by-arn.ts";
import { requesterOf } from "../last-accessed/find.ts";
import { lastAccessedSubject } from "../last-accessed/subject.ts";
import { isPolicyArn } from "../policies/policy.ts";
import { resourceTagConditions } from "../tags.ts";

const action = "iam:GenerateServiceLastAccessedDetails";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html */
export const generateServiceLastAccessedDetails = operation(GenerateServiceLastAccessedDetailsCommand)({
  async access({ Arn: arn }, call, context: Iam) {
    if (isPolicyArn(arn)) return onPolicy(action)({ PolicyArn: arn }, call, context);
    const entity = await findByArn(context.store, call, arn);
    return { action, resource: arn, conditions: resourceTagConditions(entity?.tags) };
  },
  async run({ Arn: arn, Granularity: granularity = "SERVICE_LEVEL" }, { store, ids }, call) {
    const id = ids.uuid();
    await store.insertLastAccessedJob({
      ...{ id, account: call.account, requester: requesterOf(call), granularity, createdAt: call.time },
      ...(await lastAccessedSubject(store, call, arn)),
    });
    return { JobId: id };
  },
});
