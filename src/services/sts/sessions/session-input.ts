import {
  type AssumeRoleCommandInput,
  MalformedPolicyDocumentException$,
  PackedPolicyTooLargeException$,
} from "@aws-sdk/client-sts";
import { ApiError } from "../../../model/api-error.ts";
import type { Principal } from "../../../model/call.ts";
import { MalformedPolicy, parsePolicy } from "../../../policy/index.ts";
import { type IamStore, resourceFault, type Tags } from "../../iam/index.ts";
import { accessDenied, validationError } from "../errors.ts";
import { packedSize } from "./session-tokens.ts";

/** Characters of an inline session policy. */
const longestPolicy = 2048;
const mostPolicyArns = 10;
const chainedSeconds = 3600;
const defaultSeconds = 3600;
const longTermDefault = 43_200;
const longestOfRoot = 3600;

/** Tags of a session, and which of them pass on. */
export interface SessionTags {
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
}

type TagsInput = Pick<AssumeRoleCommandInput, "Tags" | "TransitiveTagKeys">;

/** The tags that the input asks for; refuses a key that is there twice in whatever case. */
export function requestedTags({ Tags: tags = [] }: TagsInput): Tags {
  const keys = tags.map(({ Key: key = "" }) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidParameter("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (keys.some((key) => key.startsWith("aws:"))) {
    throw invalidParameter("Tag keys starting with 'aws:' are reserved for internal use.");
  }
  return Object.fromEntries(tags.map(({ Key: key = "", Value: value = "" }) => [key, value]));
}

/** The session's tags: those asked for, and those that the caller's session passes on. */
export function sessionTags(input: TagsInput, caller: Principal): SessionTags {
  const requested = requestedTags(input);
  const inheritedKeys = caller.transitiveTagKeys ?? [];
  const inherited = Object.entries(caller.tags ?? {}).filter(([key]) => inheritedKeys.includes(key));
  const taken = new Set(inherited.map(([key]) => key.toLowerCase()));
  if (Object.keys(requested).some((key) => taken.has(key.toLowerCase()))) {
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const asked = input.TransitiveTagKeys ?? [];
  if (asked.some((key) => !Object.hasOwn(requested, key))) {
    throw invalidParameter("The specified transitive tag key must be included in the requested tags.");
  }
  return {
    tags: { ...requested, ...Object.fromEntries(inherited) },
    transitiveTagKeys: [...asked, ...inherited.map(([key]) => key)],
  };
}

/** The policies that are to narrow the session: the document given and ARNs of managed policies. */
export async function sessionPolicies(
  { Policy: document, PolicyArns: arns = [] }: Pick<AssumeRoleCommandInput, "Policy" | "PolicyArns">,
  account: string,
  store: Pick<IamStore, "findPolicy">,
): Promise<readonly string[]> {
  if (document !== undefined) {
    if (document.length > longestPolicy) {
      throw validationError(
        `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to ${longestPolicy}`,
      );
    }
    checkDocument(document);
  }
  const named = arns.flatMap(({ arn }) => arn ?? []);
  if (named.length > mostPolicyArns) {
    throw validationError(
      `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${mostPolicyArns}`,
    );
  }
  for (const arn of named) {
    const policy = await store.findPolicy(arn);
    if (!policy || ![account, "aws"].includes(policy.account)) {
      throw validationError(`Policy ${arn} does not exist or is not attachable.`);
    }
  }
  return [...(document === undefined ? [] : [document]), ...named];
}

/** Per cent of the room that AWS gives; `undefined` where the session has neither policies nor tags. */
export function checkPackedSize(policies: readonly string[], tags: Tags): number | undefined {
  if (policies.length === 0 && Object.keys(tags).length === 0) return undefined;
  const size = packedSize(policies, tags);
  if (size <= 100) return size;
  throw new ApiError(
    PackedPolicyTooLargeException$,
    `Packed policy consumes ${size}% of allotted space, please use smaller policy.`,
  );
}

/** Seconds that the session lasts. A role's session that assumes a role gets an hour at most. */
export function sessionSeconds(requested: number | undefined, longest: number, caller: Principal): number {
  const seconds = requested ?? defaultSeconds;
  if (caller.kind === "assumed-role" && seconds > chainedSeconds) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  if (seconds > longest) {
    throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  return seconds;
}

/** Seconds that a session lasts which long-term credentials are exchanged for; the root user's an hour at most. */
export function longTermSeconds(requested: number | undefined, { kind }: Principal): number {
  const seconds = requested ?? longTermDefault;
  return kind === "root" ? Math.min(seconds, longestOfRoot) : seconds;
}

/** There is no multi-factor authentication here, so that no code can be right. */
export function refuseDeviceCode(input: { readonly SerialNumber?: string; readonly TokenCode?: string }): void {
  if (input.SerialNumber === undefined && input.TokenCode === undefined) return;
  if (input.SerialNumber === undefined || input.TokenCode === undefined) {
    throw accessDenied("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");
  }
  throw accessDenied(
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
  );
}

function checkDocument(document: string): void {
  const fault = documentFault(document);
  if (fault !== undefined) throw new ApiError(MalformedPolicyDocumentException$, fault);
}

function documentFault(document: string): string | undefined {
  try {
    return resourceFault(parsePolicy(document, "session"));
  } catch (error) {
    if (error instanceof MalformedPolicy) return error.message;
    throw error;
  }
}

function invalidParameter(message: string): ApiError {
  return new ApiError({ code: "InvalidParameterValue", status: 400 }, message);
}
