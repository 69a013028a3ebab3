import { Decrypt$, Encrypt$, GenerateDataKey$ } from "@aws-sdk/client-kms";
import type { CallRecord } from "../../../front-door/audit-call.ts";
import type { Ids } from "../../../ids.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { EncryptionContext } from "../cryptography/ciphertext.ts";
import type { FoundKey } from "../keys/find.ts";
import { type EncryptingService, servicePrincipal } from "../keys/policy.ts";

const schemas = { Encrypt: Encrypt$, GenerateDataKey: GenerateDataKey$, Decrypt: Decrypt$ };

/** A call that a service makes for its caller. */
export interface CallThrough {
  readonly call: Call;
  readonly service: EncryptingService | "logs";
  readonly operation: keyof typeof schemas;
  readonly found: FoundKey;
  readonly context: EncryptionContext;
  readonly access: Access;
}

/**
 * The call's record in the audit trail: it is the caller's, invoked by the service.
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-decrypt.html
 */
export function recordThrough(
  { call, service, operation, found, context, access }: CallThrough,
  ids: Pick<Ids, "timedUuid">,
  error?: unknown,
): CallRecord {
  const invokedBy = servicePrincipal(service);
  const decided = call.decisions.findLast(
    ({ action, resource }) => action === access.action && resource === access.resource,
  );
  return {
    requestId: ids.timedUuid(call.time),
    eventId: ids.timedUuid(call.time),
    time: call.time,
    ...{ service: "kms", operation, schema: schemas[operation] },
    ...{ sourceIp: invokedBy, userAgent: invokedBy, accessKeyId: undefined },
    call: { ...call, invokedBy, decisions: decided ? [decided] : [] },
    input: inputOf(operation, found, context),
    accesses: [access],
    ...(error === undefined ? { output: {} } : { error: outcomeOf(error) }),
  };
}

function inputOf(operation: CallThrough["operation"], { arn: KeyId }: FoundKey, EncryptionContext: EncryptionContext) {
  const EncryptionAlgorithm = "SYMMETRIC_DEFAULT";
  if (operation === "GenerateDataKey") return { KeyId, EncryptionContext, KeySpec: "AES_256" };
  return operation === "Encrypt"
    ? { KeyId, EncryptionContext, EncryptionAlgorithm }
    : { EncryptionContext, EncryptionAlgorithm };
}

function outcomeOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof ApiError) return { code: error.shape, message: error.message };
  return { code: "InternalFailure", message: "" };
}
