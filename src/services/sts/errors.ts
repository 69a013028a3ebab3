import { ApiError } from "../../aws/api-error.ts";
import type { Call } from "../../aws/call.ts";

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
