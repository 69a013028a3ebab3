import { ApiError } from "../../model/api-error.ts";
import { lazySdk } from "../../model/lazy-sdk.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-secrets-manager")>("@aws-sdk/client-secrets-manager");

/** A refusal that other code of this server reacts to, by its kind. */
export class SecretRefusal extends ApiError {
  readonly kind: "invalid-name" | "not-found" | "invalid-request";

  constructor(kind: SecretRefusal["kind"], schema: ConstructorParameters<typeof ApiError>[0], message: string) {
    super(schema, message);
    this.kind = kind;
  }
}

export function invalidParameter(message: string): ApiError {
  return new ApiError(sdk().InvalidParameterException$, message);
}

export function invalidRequest(message: string): ApiError {
  return new SecretRefusal("invalid-request", sdk().InvalidRequestException$, message);
}

export function invalidName(): ApiError {
  return new SecretRefusal(
    "invalid-name",
    { code: "ValidationException", status: 400 },
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
  );
}

export function secretNotFound(): ApiError {
  return notFound("Secrets Manager can't find the specified secret.");
}

/** `what` is `staging label: …` or `VersionId: …`. */
export function valueNotFound(what: string): ApiError {
  return notFound(`Secrets Manager can't find the specified secret value for ${what}`);
}

function notFound(message: string): ApiError {
  return new SecretRefusal("not-found", sdk().ResourceNotFoundException$, message);
}

/** Between authorisation and write, somebody changed what policies are asked about the secret. */
export function changedMeanwhile(): ApiError {
  return invalidRequest("The secret was changed while the request was in progress. Try again.");
}

export function invalidNextToken(): ApiError {
  return new ApiError(sdk().InvalidNextTokenException$, "The NextToken value is invalid.");
}

export function secretExists(name: string): ApiError {
  return new ApiError(
    sdk().ResourceExistsException$,
    `The operation failed because the secret ${name} already exists.`,
  );
}

export function tokenInUse(token: string, arn: string): ApiError {
  return new ApiError(
    sdk().ResourceExistsException$,
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
  );
}
