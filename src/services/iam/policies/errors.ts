import type { ApiError } from "../../../model/api-error.ts";
import { noSuch } from "../errors.ts";

export function noSuchPolicy(arn: string): ApiError {
  return noSuch(`Policy ${arn} was not found.`);
}

/** `what` is a policy, a version of one, or a permissions boundary. */
export function notAttachable(what: string): ApiError {
  return noSuch(`${what} does not exist or is not attachable.`);
}
