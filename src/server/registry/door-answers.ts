import { ApiError } from "../../model/api-error.ts";
import type { HttpResponse } from "../http/mounts.ts";

/** What every answer of a registry has. */
export const versionHeader = { "docker-distribution-api-version": "registry/2.0" };

/** Statuses and codes of the Docker Registry HTTP API, by the ECR error that they stand for. */
const codes: Readonly<Record<string, readonly [status: number, code: string]>> = {
  AccessDeniedException: [403, "DENIED"],
  RepositoryNotFoundException: [404, "NAME_UNKNOWN"],
  ImageNotFoundException: [404, "MANIFEST_UNKNOWN"],
  ImageTagAlreadyExistsException: [400, "TAG_INVALID"],
  ImageDigestDoesNotMatchException: [400, "DIGEST_INVALID"],
  LayersNotFoundException: [404, "BLOB_UNKNOWN"],
  InvalidParameterException: [400, "MANIFEST_INVALID"],
};

export function doorFailure(error: unknown): HttpResponse {
  if (!(error instanceof ApiError)) return doorError(500, "UNKNOWN", "The registry failed");
  const [status, code] = codes[error.shape] ?? [error.jsonStatus, "UNKNOWN"];
  return doorError(status, code, error.message);
}

export function doorError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const body = JSON.stringify({ errors: [{ code, message }] });
  return { status, headers: { ...versionHeader, "content-type": "application/json", ...headers }, body };
}

/** Asks for a user name and a password. */
export function unauthorized(host: string): HttpResponse {
  const challenge = { "www-authenticate": `Basic realm="http://${host}/",service="ecr.amazonaws.com"` };
  return doorError(401, "UNAUTHORIZED", "Not Authorized", challenge);
}
