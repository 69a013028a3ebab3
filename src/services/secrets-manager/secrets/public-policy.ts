import { isIP } from "node:net";
import type { Policy, Statement } from "../../../policy/index.ts";

type Condition = Statement["conditions"][number];

/**
 * True if a policy lets in more than principals that it fixes: an `Allow` to everyone that no condition narrows, and no
 * `Deny` to everyone else. (An `Allow` with `NotPrincipal` is malformed.)
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic({ statements }: Policy): boolean {
  return statements.some(
    (statement) =>
      statement.effect === "Allow" &&
      statement.principal?.everyone === true &&
      !statement.conditions.some(isNarrow) &&
      !statements.some((other) => keepsOthersOut(other, statement)),
  );
}

/** True if `deny` refuses everything that `allow` allows, except to callers that it fixes. */
function keepsOthersOut(deny: Statement, allow: Statement): boolean {
  if (deny.effect !== "Deny" || deny.principal?.everyone !== true || !deny.resource?.includes("*")) return false;
  const isCovered =
    deny.action?.some((action) => ["*", "secretsmanager:*"].includes(action.toLowerCase())) ||
    allow.action?.every((action) => deny.action?.includes(action));
  const [condition, ...others] = deny.conditions;
  return isCovered === true && others.length === 0 && condition !== undefined && isNarrowDenial(condition);
}

const positive = new Set(["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike", "IpAddress"]);

const negative = new Set([
  "StringNotEquals",
  "StringNotEqualsIgnoreCase",
  "StringNotLike",
  "ArnNotEquals",
  "ArnNotLike",
  "NotIpAddress",
]);

/** True if only fixed callers meet the condition: it must not hold without its key. */
function isNarrow(condition: Condition): boolean {
  const holdsWithoutKey = condition.ifExists || condition.qualifier === "ForAllValues";
  return positive.has(condition.operator) && !holdsWithoutKey && hasFixedValues(condition);
}

/** True if only fixed callers escape a denial under the condition. */
function isNarrowDenial(condition: Condition): boolean {
  return negative.has(condition.operator) && condition.qualifier !== "ForAnyValue" && hasFixedValues(condition);
}

function hasFixedValues({ key, values }: Condition): boolean {
  const isFixed = fixedBy[key.toLowerCase()];
  return isFixed !== undefined && values.length > 0 && values.every((value) => !value.includes("${") && isFixed(value));
}

/** Keys that identify the caller or its place, each with the test of values that fix it. */
const fixedBy: Readonly<Record<string, (value: string) => boolean>> = {
  "aws:principalarn": isFixedArn,
  "aws:principalaccount": hasNoWildcard,
  "aws:principalorgid": hasNoWildcard,
  "aws:principalorgpaths": (value) => /^o-[a-z0-9]+\//.test(value),
  "aws:sourcearn": isFixedArn,
  "aws:sourceaccount": hasNoWildcard,
  "aws:sourceowner": hasNoWildcard,
  "aws:sourceorgid": hasNoWildcard,
  "aws:sourceorgpaths": (value) => /^o-[a-z0-9]+\//.test(value),
  "aws:sourcevpc": hasNoWildcard,
  "aws:sourcevpce": hasNoWildcard,
  "aws:sourceip": isNarrowRange,
  // A role's id, and any session of it.
  "aws:userid": (value) => hasNoWildcard(value.replace(/:\*$/, "")) && value !== ":*",
};

function hasNoWildcard(value: string): boolean {
  return value !== "" && !/[*?]/.test(value);
}

/** True if the ARN's account is fixed. An ARN without an account, such as a bucket's, must be fixed as a whole. */
function isFixedArn(value: string): boolean {
  const [arn, partition = "", service = "", , account = ""] = value.split(":");
  if (arn !== "arn") return false;
  return /^\d{12}$/.test(account) ? hasNoWildcard(partition) && hasNoWildcard(service) : hasNoWildcard(value);
}

/** AWS takes a range of more than a /8 (IPv4) or a /32 (IPv6) for everyone. */
function isNarrowRange(value: string): boolean {
  const [address = "", length] = value.split("/");
  if (isIP(address) === 0) return false;
  return length === undefined || Number(length) >= (address.includes(":") ? 32 : 8);
}
