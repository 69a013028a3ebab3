import {
  InvalidNextToken$,
  InvalidResourceId$,
  InvalidResourceType$,
  ParameterNotFound$,
  ParameterVersionNotFound$,
} from "@aws-sdk/client-ssm";
import { ApiError } from "../../model/api-error.ts";

export function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}

export function accessDenied(message: string): ApiError {
  return new ApiError({ code: "AccessDeniedException", status: 400 }, message);
}

export function parameterNotFound(): ApiError {
  // AWS says no more.
  return new ApiError(ParameterNotFound$, "");
}

/** `selector` is a version's number or a label. */
export function versionNotFound(name: string, selector: string | number): ApiError {
  const message = `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`;
  return new ApiError(ParameterVersionNotFound$, message);
}

/** Of a name with more behind it than one version or label, or with none. */
export function invalidSelector(): ApiError {
  return validation(
    "Invalid parameter name. Please use correct syntax for referencing a version/label  <name>:<version/label>",
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
