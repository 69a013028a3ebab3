import {
  InvalidNextToken$,
  InvalidResourceId$,
  InvalidResourceType$,
  ParameterNotFound$,
  ParameterVersionNotFound$,
  TooManyUpdates$,
} from "@aws-sdk/client-ssm";
import { ApiError } from "../../model/api-error.ts";

export const invalidSelector =
  "Invalid parameter name. Please use correct syntax for referencing a version/label  <name>:<version/label>";

export function parameterNotFound(): ApiError {
  // AWS gives no message.
  return new ApiError(ParameterNotFound$, "");
}

/** `selector` is a version's number or a label. */
export function versionNotFound(name: string, selector: string | number): ApiError {
  const message = `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`;
  return new ApiError(ParameterVersionNotFound$, message);
}

/** Another request changed the parameter between authorisation and write. */
export function tooManyUpdates(): ApiError {
  return new ApiError(
    TooManyUpdates$,
    "There are concurrent updates for a resource that supports one update at a time.",
  );
}

export function invalidNextToken(): ApiError {
  return new ApiError(InvalidNextToken$, "The specified token isn't valid.");
}

export function invalidResourceId(): ApiError {
  return new ApiError(
    InvalidResourceId$,
    "The resource ID is not valid. Verify that you entered the correct ID and try again.",
  );
}

export function invalidResourceType(type: string): ApiError {
  return new ApiError(InvalidResourceType$, `Resources of type ${type} are not implemented by Sealift`);
}
