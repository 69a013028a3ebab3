import type { AuditCall } from "../front-door/audit-call.ts";
import type { Service } from "../front-door/service.ts";
import { serviceCall } from "../front-door/service-call.ts";
import type { Ids } from "../ids.ts";
import { ApiError } from "../model/api-error.ts";
import type { Authorize } from "../model/call.ts";
import type { Violation } from "../model/violations.ts";
import type { Signin } from "../services/signin/index.ts";

export interface ChangePasswordOptions {
  readonly iam: Service;
  readonly authorize: Authorize;
  readonly audit: AuditCall;
  readonly ids: Ids;
}

/** IAM's ChangePassword, called for whoever signs in with a password that must be changed. */
export function changePassword({ iam, authorize, audit, ids }: ChangePasswordOptions): Signin["changePassword"] {
  return async (call, change) => {
    const bound = await (await iam.load()).load("ChangePassword");
    if (!bound) throw new Error("IAM has no ChangePassword");
    const violations: Violation[] = [];
    bound.check(change, "", violations);
    const [first] = violations;
    if (first) throw new ApiError(iam.violation, first.message);
    const forCaller = { ...call, eventId: ids.timedUuid(call.time), invokedBy: "signin.amazonaws.com" };
    await serviceCall({ service: "iam", context: bound.context, authorize, audit }, bound.operation, change, forCaller);
  };
}
