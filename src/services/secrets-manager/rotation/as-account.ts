import { serviceCall } from "../../../front-door/service-call.ts";
import type { Call } from "../../../model/call.ts";
import type { OperationTable, Output } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import type { Place } from "../secrets/secret.ts";
import type { Perform, RotationStep } from "./function.ts";

const principal = "secretsmanager.amazonaws.com";

/**
 * Calls of this service as an account's root user. `operations` are Secrets Manager's own: they are called as a request
 * would call them, under the account's policies, and recorded.
 */
export function asAccount(
  context: SecretsManager,
  operations: OperationTable<SecretsManager>,
  place: Place,
  now: Date,
): Pick<RotationStep, "newCall" | "perform"> {
  const { authorize, audit, ids } = context;
  const options = { service: "secretsmanager", context, authorize, audit };

  function newCall(): Call {
    const { partition, account, region } = place;
    const arn = `arn:${partition}:iam::${account}:root`;
    return {
      requestId: ids.timedUuid(now),
      eventId: ids.timedUuid(now),
      principal: { kind: "root", arn, account, userId: account, accessKeyId: "" },
      account,
      region,
      partition,
      time: now,
      sourceIp: principal,
      userAgent: principal,
      host: "",
      invokedBy: principal,
      decisions: [],
    };
  }

  const perform: Perform = async (command, input) => {
    const { schema } = new command(input);
    const operation = await operations[schema[2]]?.();
    if (!operation) throw new Error(`Secrets Manager has no operation for ${command.name}`);
    return (await serviceCall(options, operation, input, newCall())) as Output<typeof command>;
  };

  return { newCall, perform };
}
