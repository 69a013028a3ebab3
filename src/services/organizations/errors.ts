import {
  AccountNotFoundException$,
  InvalidInputException$,
  type InvalidInputExceptionReason,
} from "@aws-sdk/client-organizations";
import { ApiError } from "../../model/api-error.ts";

export function noSuchAccount(): ApiError {
  return new ApiError(AccountNotFoundException$, "You specified an account that doesn't exist.");
}

export function invalidInput(reason: InvalidInputExceptionReason, message: string): ApiError {
  return new ApiError(InvalidInputException$, message, { Reason: reason });
}
