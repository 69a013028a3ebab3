import { serviceCall } from "../../../front-door/service-call.ts";
import type { Call } from "../../../model/call.ts";
import type { Operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import type { Occasion } from "./functions.ts";

/** Calls an operation, and gives its output. */
export type Perform = (
  operation: Operation<SecretsManager>,
  input: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

const principal = "secretsmanager.amazonaws.com";

/** A call as this service makes it for the root user of an account. */
export function accountCall({ ids }: Pick<SecretsManager, "ids">, { partition, account, region, now }: Occasion): Call {
  const arn = `arn:${partition}:iam::${account}:root`;
  return {
    ...{ account, region, partition, time: now, host: "", sourceIp: principal, userAgent: principal, decisions: [] },
    requestId: ids.timedUuid(now),
    eventId: ids.timedUuid(now),
    principal: { kind: "root", arn, account, userId: account, accessKeyId: "" },
    invokedBy: principal,
  };
}

/** Has operations called as the root user of an account would call them. */
export function asAccount(context: SecretsManager, occasion: Occasion): Perform {
  const { authorize, audit } = context;
  const options = { service: "secretsmanager", context, authorize, audit };
  return async (operation, input) =>
    (await serviceCall(options, operation, input, accountCall(context, occasion))) as Readonly<Record<string, unknown>>;
}
