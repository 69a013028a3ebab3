import {
  AccessDeniedException$,
  AccountNotFoundException$,
  InvalidInputException$,
  type InvalidInputExceptionReason,
} from "@aws-sdk/client-organizations";
import { ApiError } from "../../model/api-error.ts";
import type { Call } from "../../model/call.ts";
import type { Organization } from "./accounts/account.ts";

/** Most of Organizations is the first account's to call. */
export function refuseMember({ account }: Call, { managementAccount }: Organization): void {
  if (account === managementAccount) return;
  throw new ApiError(AccessDeniedException$, "You don't have permissions to access this resource.");
}

export function noSuchAccount(): ApiError {
  return new ApiError(AccountNotFoundException$, "You specified an account that doesn't exist.");
}

export function invalidInput(reason: InvalidInputExceptionReason, message: string): ApiError {
  return new ApiError(InvalidInputException$, message, { Reason: reason });
}
