import { ApiError } from "../../model/api-error.ts";
import type { Call } from "../../model/call.ts";
import { accessDenied } from "../../model/common-errors.ts";

/** The error is the same for a missing role as for one that the caller may not assume. */
export function mayNotAssume({ principal }: Call, roleArn: string): ApiError {
  const attempt = `perform: sts:AssumeRole on resource: ${roleArn}`;
  return accessDenied(`User: ${principal.arn} is not authorized to ${attempt}`);
}

/** Refuses sessions: the operation wants long-term credentials. */
export function refuseSession({ principal }: Call, operation: string): void {
  if (principal.sessionIssuedAt !== undefined) throw accessDenied(`Cannot call ${operation} with session credentials`);
}

/** Refuses sessions of GetSessionToken and GetFederationToken; a role's session may call the operation. */
export function refuseUserSession(call: Call, operation: string): void {
  if (call.principal.kind !== "assumed-role") refuseSession(call, operation);
}

export function invalidParameter(message: string): ApiError {
  return new ApiError({ code: "InvalidParameterValue", status: 400 }, message);
}

/** The same error as for an unknown access key. */
export function invalidToken(): ApiError {
  return new ApiError(
    { code: "InvalidClientTokenId", status: 403 },
    "The security token included in the request is invalid.",
  );
}
