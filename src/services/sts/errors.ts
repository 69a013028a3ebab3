import { ApiError } from "../../model/api-error.ts";
import type { Call } from "../../model/call.ts";

/** STS's errors in AWS's words, those that its model does not list. */
export function accessDenied(message: string): ApiError {
  return new ApiError({ code: "AccessDenied", status: 403 }, message);
}

/** The same for a role that is not there as for one that may not be assumed. */
export function mayNotAssume({ principal }: Call, roleArn: string): ApiError {
  const attempt = `perform: sts:AssumeRole on resource: ${roleArn}`;
  return accessDenied(`User: ${principal.arn} is not authorized to ${attempt}`);
}

export function validationError(message: string): ApiError {
  return new ApiError({ code: "ValidationError", status: 400 }, message);
}

/** Only who has long-term credentials may call it. */
export function refuseSession({ principal }: Call, operation: string): void {
  if (principal.sessionIssuedAt !== undefined) throw accessDenied(`Cannot call ${operation} with session credentials`);
}

/** What GetSessionToken and GetFederationToken give is good for few of STS's operations; a role's session is for all. */
export function refuseUserSession(call: Call, operation: string): void {
  if (call.principal.kind !== "assumed-role") refuseSession(call, operation);
}

/** As where the token names nobody. */
export function invalidToken(): ApiError {
  return new ApiError(
    { code: "InvalidClientTokenId", status: 403 },
    "The security token included in the request is invalid.",
  );
}
