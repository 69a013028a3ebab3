import { deflateRawSync } from "node:zlib";
import { PackedPolicyTooLargeException$ } from "@aws-sdk/client-sts";
import { ApiError } from "../../../model/api-error.ts";
import type { Tags } from "../../iam/index.ts";

/** Bytes that AWS gives to the policies and tags of a session. */
const packedBytes = 2048;

/** Per cent of the room that AWS gives; `undefined` where the session has neither policies nor tags. */
export function checkPackedSize(policies: readonly string[], tags: Tags): number | undefined {
  if (policies.length === 0 && Object.keys(tags).length === 0) return undefined;
  const size = Math.ceil((100 * deflateRawSync(JSON.stringify([policies, tags])).length) / packedBytes);
  if (size <= 100) return size;
  throw new ApiError(
    PackedPolicyTooLargeException$,
    `Packed policy consumes ${size}% of allotted space, please use smaller policy.`,
  );
}
