import { ApiError } from "../../aws/api-error.ts";
import type { Access, Call } from "../../aws/call.ts";
import type { Operation } from "../../aws/operation.ts";
import type { SecretsManager } from "./index.ts";
import type { Occasion } from "./rotation-functions.ts";

/** Calls an operation, and gives its output. */
export type Perform = (
  operation: Operation<SecretsManager>,
  input: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

const service = "secretsmanager.amazonaws.com";

/** A call as this service makes it for the root user of an account. */
export function accountCall({ ids }: Pick<SecretsManager, "ids">, { partition, account, region, now }: Occasion): Call {
  const arn = `arn:${partition}:iam::${account}:root`;
  return {
    ...{ account, region, partition, time: now, host: "", sourceIp: service, userAgent: service, decisions: [] },
    requestId: ids.timedUuid(now),
    eventId: ids.timedUuid(now),
    principal: { kind: "root", arn, account, userId: account, accessKeyId: "" },
    invokedBy: service,
  };
}

/**
 * Has operations called as the root user of an account would call them: under the same policies, and each written down. Only
 * then is what one gave handed out.
 */
export function asAccount(context: SecretsManager, occasion: Occasion): Perform {
  return async (operation, input) => {
    const call = accountCall(context, occasion);
    const { requestId, eventId, time, sourceIp, userAgent } = call;
    const seen = {
      ...{ requestId, eventId, time, sourceIp, userAgent, accessKeyId: undefined, call },
      ...{ service: "secretsmanager", operation: operation.name, schema: operation.schema, input },
    };
    let accesses: readonly Access[] = [];
    let output: object;
    try {
      accesses = await accessesOf(operation, input, context, call);
      for (const access of accesses) {
        const denial = await context.authorize(call, access);
        if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 400 }, denial);
      }
      output = await operation.run(input as never, context, call);
    } catch (error) {
      const { shape, message } = error instanceof ApiError ? error : { shape: "InternalFailure", message: "" };
      await context.audit({ ...seen, accesses, error: { code: shape, message } });
      throw error;
    }
    await context.audit({ ...seen, accesses, output });
    return output as Readonly<Record<string, unknown>>;
  };
}

async function accessesOf(
  { access }: Operation<SecretsManager>,
  input: object,
  context: SecretsManager,
  call: Call,
): Promise<readonly Access[]> {
  if (access === "authenticated") return [];
  return [await access(input as never, call, context)].flat();
}
