import { ApiError } from "../../../model/api-error.ts";
import { accessDeniedException, validationException } from "../../../model/common-errors.ts";
import { lazySdk } from "../../../model/lazy-sdk.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-ssm")>("@aws-sdk/client-ssm");

const form = /^(?:\/?[\w.-]+|(?:\/[\w.-]+)+)$/;
const maximumLevels = 15;
/** Characters of the whole ARN. */
const maximumLength = 1011;

const invalid =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

/** Throws if no parameter can have that name. */
export function refuseName(name: string): void {
  if (!isName(name)) throw validationException(invalid);
}

/** True if a parameter can have that name. */
export function isName(name: string): boolean {
  return form.test(name) && !startsWith(name, "ssm");
}

/**
 * Throws if no parameter of that name and ARN may be made.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
export function refuseNewName(name: string, arn: string): void {
  const levels = name.replace(/^\//, "").split("/");
  if (levels.length > 1 && !name.startsWith("/"))
    throw validationException("Parameter name must be a fully qualified name.");
  // AWS reserves every name that begins with "aws", and so refuses the `awsExampleParameter` of its own walk-through.
  const isReserved = levels[0]?.toLowerCase() === "aws";
  if (isReserved && levels.length > 1) {
    throw accessDeniedException(`No access to reserved parameter name: ${name.slice(1)}.`);
  }
  if (levels.length === 1 && (isReserved || startsWith(name, "ssm"))) {
    throw validationException('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  }
  refuseName(name);
  if (levels.length > maximumLevels) {
    throw new ApiError(
      sdk().HierarchyLevelLimitExceededException$,
      `A hierarchy can have a maximum of ${maximumLevels} levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.`,
    );
  }
  if (arn.length > maximumLength) {
    throw validationException(
      `Parameter name: can't be longer than ${maximumLength} characters, including the ARN before it.`,
    );
  }
}

/** The name as a path: `foo` and `/foo` are one parameter, at the root and only there. */
export function rooted(name: string): string {
  return name.startsWith("/") ? name : `/${name}`;
}

/** A path of GetParametersByPath or of a filter, without the slash at its end; throws if it is malformed. */
export function requestedPath(path: string): string {
  const trimmed = path.trim();
  if (trimmed === "/") return trimmed;
  const bare = trimmed.replace(/\/$/, "");
  if (bare.startsWith("/") && form.test(bare)) return bare;
  throw validationException(
    'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
  );
}

/** True if `name` is under `path`; unless `recursive`, only one level below it. */
export function isUnder(name: string, path: string, recursive: boolean): boolean {
  const full = rooted(name);
  const prefix = path === "/" ? "/" : `${path}/`;
  return full.startsWith(prefix) && (recursive || !full.includes("/", prefix.length));
}

function startsWith(name: string, prefix: string): boolean {
  return name.replace(/^\//, "").toLowerCase().startsWith(prefix);
}
