import { ApiError } from "../../aws/api-error.ts";
import type { Call } from "../../aws/call.ts";
import type { Operation } from "../../aws/operation.ts";
import type { SecretsManager } from "./index.ts";
import type { Occasion } from "./rotation-functions.ts";

/** Calls an operation, and gives its output. */
export type Perform = (
  operation: Operation<SecretsManager>,
  input: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

const service = "secretsmanager.amazonaws.com";

/** A call as the root user of an account would make it. */
export function accountCall({ ids }: Pick<SecretsManager, "ids">, { partition, account, region, now }: Occasion): Call {
  const arn = `arn:${partition}:iam::${account}:root`;
  return {
    ...{ account, region, partition, time: now, host: "", sourceIp: service, userAgent: service, decisions: [] },
    requestId: ids.uuid(),
    eventId: ids.timedUuid(now),
    principal: { kind: "root", arn, account, userId: account, accessKeyId: "" },
  };
}

/** Has operations called as the root user of an account would call them, under the same policies. */
export function asAccount(context: SecretsManager, occasion: Occasion): Perform {
  return async (operation, input) => {
    const call = accountCall(context, occasion);
    const { access } = operation;
    if (access !== "authenticated") {
      const asked = await access(input as never, call, context);
      for (const one of Array.isArray(asked) ? asked : [asked]) {
        const denial = await context.authorize(call, one);
        if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 400 }, denial);
      }
    }
    return (await operation.run(input as never, context, call)) as Readonly<Record<string, unknown>>;
  };
}
