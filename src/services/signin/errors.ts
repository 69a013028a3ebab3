import { ApiError, type CommonError } from "../../model/api-error.ts";

/** The codes of OAuth by which clients tell refusals of one kind apart. */
type Refusal = "TOKEN_EXPIRED" | "AUTHCODE_EXPIRED" | "USER_CREDENTIALS_CHANGED" | "INSUFFICIENT_PERMISSIONS";

const accessDeniedException: CommonError = { code: "AccessDeniedException", status: 400 };

export function refused(error: Refusal | "INVALID_REQUEST", message: string): ApiError {
  return new ApiError(accessDeniedException, message, { error });
}

export function invalidRequest(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message, { error: "INVALID_REQUEST" });
}

export function tooManyRequests(message: string): ApiError {
  return new ApiError({ code: "TooManyRequestsError", status: 429 }, message, { error: "rate_exceeded" });
}

/** The `error` of an answer whose refusal does not say one. */
export function oauthMembers({ shape, sender }: ApiError): { readonly error: string } {
  if (!sender) return { error: "server_error" };
  return { error: shape === accessDeniedException.code ? "INSUFFICIENT_PERMISSIONS" : "INVALID_REQUEST" };
}
