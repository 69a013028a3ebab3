import {
  InvalidFilterKey$,
  InvalidFilterOption$,
  InvalidFilterValue$,
  ParameterTier,
  ParameterType,
} from "@aws-sdk/client-ssm";
import { ApiError } from "../../../model/api-error.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Filter } from "./filters.ts";
import { requestedPath } from "./name.ts";

interface ParameterFilter {
  readonly Key: string;
  readonly Option?: string;
  readonly Values?: readonly string[];
}

type Operation = "DescribeParameters" | "GetParametersByPath";

/** The valid values of filters that do not take any value, in AWS's order. */
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  Type: [ParameterType.STRING, ParameterType.STRING_LIST, ParameterType.SECURE_STRING],
  Tier: [ParameterTier.STANDARD, ParameterTier.ADVANCED, ParameterTier.INTELLIGENT_TIERING],
};

/** The `ParameterFilters` of an operation; throws if AWS would refuse them. */
export function requestedFilters(operation: Operation, filters: readonly ParameterFilter[] = []): Filter[] {
  const seen = new Set<string>();
  return filters.map(({ Key: key, Option, Values: values = [] }) => {
    refuseKey(operation, key);
    if (values.length === 0 && !key.startsWith("tag:")) {
      throw new ApiError(InvalidFilterValue$, `The following filter values are missing : null for filter key ${key}.`);
    }
    if (seen.has(key)) {
      throw new ApiError(
        InvalidFilterKey$,
        `The following filter is duplicated in the request: ${key}. A request can contain only one occurrence of a specific filter.`,
      );
    }
    seen.add(key);
    const option = requestedOption(key, Option);
    if (key === "Path") return { key, option, values: values.map(filteredPath) };
    const unknown = option === "Equals" && valuesOf[key] && values.find((value) => !valuesOf[key]?.includes(value));
    if (unknown) {
      throw new ApiError(
        InvalidFilterOption$,
        `The following filter value is not valid: ${unknown}. Valid values include: [${valuesOf[key]?.join(", ")}].`,
      );
    }
    return { key, option, values };
  });
}

/** The deprecated `Filters` of DescribeParameters. */
export function requestedOldFilters(
  filters: readonly { readonly Key: string; readonly Values: readonly string[] }[] = [],
): Filter[] {
  return filters.map(({ Key, Values }) => ({
    key: Key,
    option: Key === "Name" ? "BeginsWith" : "Equals",
    values: Values,
  }));
}

function refuseKey(operation: Operation, key: string): void {
  const [refused, valid] =
    operation === "DescribeParameters"
      ? [key === "Label", "Path, Name, Type, KeyId, Tier"]
      : [!["Type", "KeyId", "Label"].includes(key), "Type, KeyId"];
  if (!refused) return;
  throw new ApiError(
    InvalidFilterKey$,
    `The following filter key is not valid: ${key}. Valid filter keys include: [${valid}].`,
  );
}

function requestedOption(key: string, option: string | undefined): Filter["option"] {
  const valid: readonly Filter["option"][] =
    key === "Path"
      ? ["OneLevel", "Recursive"]
      : key === "Label"
        ? ["Equals"]
        : key === "Name"
          ? ["Equals", "BeginsWith", "Contains"]
          : ["Equals", "BeginsWith"];
  const found = option === undefined ? valid[0] : valid.find((one) => one === option);
  if (found !== undefined) return found;
  const shown = key === "Path" ? "Recursive, OneLevel" : [...valid].sort().join(", ");
  throw new ApiError(
    InvalidFilterOption$,
    `The following filter option is not valid: ${option}. Valid options include: [${shown}].`,
  );
}

function filteredPath(path: string): string {
  if (/^\/(?:aws|ssm)/i.test(path)) {
    throw validationException(
      'Filters for common parameters can\'t be prefixed with "aws" or "ssm" (case-insensitive). When using global parameters, please specify within a global namespace.',
    );
  }
  return requestedPath(path);
}
