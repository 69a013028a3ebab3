import type { StaticOperationSchema } from "@smithy/types";
import type { Access, Call } from "../model/call.ts";

/** Everything known about a request once its answer is ready. Input and output may hold secrets. */
export interface CallRecord {
  readonly requestId: string;
  readonly eventId: string;
  readonly time: Date;
  /** The service's signing name. For a service that Sealift lacks, the name in the request. */
  readonly service: string;
  /** The name in the request, even if there is no such operation. */
  readonly operation: string | undefined;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** The id in the request. It is unverified if `call` is absent. */
  readonly accessKeyId: string | undefined;
  /** Absent if the caller was not authenticated. */
  readonly call?: Call;
  /** The operation's schema; absent if there is no such operation. */
  readonly schema?: StaticOperationSchema;
  readonly input?: unknown;
  /** The accesses that the call needed. */
  readonly accesses: readonly Access[];
  readonly output?: object;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Writes a call to the audit trail. The answer waits for the promise, and becomes an error if it rejects. The promise of a
 * failed call never rejects.
 */
export type AuditCall = (record: CallRecord) => Promise<void> | undefined;
