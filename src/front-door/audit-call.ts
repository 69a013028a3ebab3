import type { StaticOperationSchema } from "@smithy/types";
import type { Access, Call } from "../model/call.ts";

/** What is known of a request once its answer is ready. Input and output may hold secrets. */
export interface CallRecord {
  readonly requestId: string;
  readonly eventId: string;
  readonly time: Date;
  /** The service's signing name, or what a request to no service of ours names. */
  readonly service: string;
  /** As the request names it. */
  readonly operation: string | undefined;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** What the request says of itself; nobody has verified it where there is no call. */
  readonly accessKeyId: string | undefined;
  /** Absent where nobody knows who called. */
  readonly call?: Call;
  /** Of the operation, where there is one. */
  readonly schema?: StaticOperationSchema;
  readonly input?: unknown;
  /** What the caller had to be allowed to do. */
  readonly accesses: readonly Access[];
  readonly output?: object;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Writes a call down. The answer waits for the promise, and is an error where it rejects; that of a call which failed never
 * rejects.
 */
export type AuditCall = (record: CallRecord) => Promise<void> | undefined;
