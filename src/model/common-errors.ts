import { ApiError, type CommonError } from "./api-error.ts";

/** Errors that no service's model lists. https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html */

/** For services with the JSON protocol. */
export function validationException(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}

/** A denial by policies in the JSON protocol. AWS's authorization words it in the same way for every service. */
export const jsonDenial: CommonError = { code: "AccessDeniedException", status: 400, messageMember: "Message" };

/** For services with the JSON protocol. */
export function accessDeniedException(message: string): ApiError {
  return new ApiError(jsonDenial, message);
}

/** For services with the Query protocol. */
export function validationError(message: string): ApiError {
  return new ApiError({ code: "ValidationError", status: 400 }, message);
}

/** For services with the Query protocol. */
export function accessDenied(message: string): ApiError {
  return new ApiError({ code: "AccessDenied", status: 403 }, message);
}
