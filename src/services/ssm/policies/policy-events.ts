import type { Kysely } from "kysely";
import type { Events, ServiceEvent } from "../../../audit/index.ts";
import type { Call } from "../../../model/call.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { type Parameter, parameterArn } from "../parameters/parameter.ts";
import { dueAt, type ParameterPolicy, reasonOf } from "./parameter-policy.ts";

/** Partition, account, region and name of a parameter. */
export type Place = Pick<Call, "account" | "region" | "partition"> & { readonly name: string };

/** The policies of a parameter that are due by `now` and not done yet. */
export function duePolicies({ policies, modifiedAt }: Parameter, now: Date): readonly ParameterPolicy[] {
  return policies.filter((policy) => {
    const due = dueAt(policy, policies, modifiedAt);
    return policy.status === "Pending" && due !== undefined && due <= now;
  });
}

/** Records that policies were acted on, in the transaction that does it: it stores both or neither. */
export async function recordPolicies(
  events: Events,
  db: Kysely<Tables>,
  place: Place,
  parameter: Parameter,
  policies: readonly ParameterPolicy[],
  time: Date,
): Promise<void> {
  for (const policy of policies) await events.record(policyAction(place, parameter, policy, time), db);
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html */
function policyAction(place: Place, parameter: Parameter, policy: ParameterPolicy, time: Date): ServiceEvent {
  const { account, region } = place;
  const { name } = parameter;
  return {
    account,
    region,
    service: "ssm",
    name: "ParameterStorePolicyAction",
    time,
    resources: [{ type: "AWS::SSM::Parameter", name: parameterArn(place, name) }],
    additionalData: {
      "parameter-name": name,
      "parameter-type": parameter.type,
      "policy-type": policy.type,
      "policy-content": policy.text,
      "action-status": "Success",
      "action-reason": reasonOf(policy, parameter.policies, parameter.modifiedAt),
    },
  };
}
