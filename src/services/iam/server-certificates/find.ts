import { EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { ConditionKeys } from "../../../model/tag-conditions.ts";
import type { Iam } from "../context.ts";
import { noSuch } from "../errors.ts";
import { refuseChanged } from "../refuse-changed.ts";
import type { IamRecords } from "../store.ts";
import { resourceTags } from "../tags.ts";
import { type ServerCertificate, serverCertificateArn } from "./server-certificate.ts";

/** The certificate that a request names, as it was found before access was asked for. */
export interface FoundServerCertificate {
  readonly name: string;
  /** `undefined` where no certificate has the name. */
  readonly certificate: ServerCertificate | undefined;
}

export async function findServerCertificate(
  { ServerCertificateName: name }: { readonly ServerCertificateName: string },
  { account }: Call,
  { store }: Iam,
): Promise<FoundServerCertificate> {
  return { name, certificate: await store.serverCertificates.find(account, name) };
}

/** Access to a certificate. `conditions` adds keys that the request sets. */
export function onServerCertificate(
  { name, certificate }: FoundServerCertificate,
  _input: unknown,
  call: Call,
  conditions: ConditionKeys = {},
): Need {
  return {
    resource: serverCertificateArn(call, certificate?.path ?? "/", name),
    conditions: { ...resourceTags(certificate?.tags), ...conditions },
  };
}

/** The certificate that was found. Throws AWS's error where it does not exist. */
export function existingServerCertificate({ name, certificate }: FoundServerCertificate): ServerCertificate {
  if (!certificate) throw noSuch(`The Server Certificate with name ${name} cannot be found.`);
  return certificate;
}

/** See `unchanged` of entities. */
export async function unchangedServerCertificate(
  store: IamRecords,
  found: FoundServerCertificate,
): Promise<ServerCertificate> {
  const before = existingServerCertificate(found);
  const certificate = await store.serverCertificates.findById(before.id);
  const now = existingServerCertificate({ ...found, certificate });
  refuseChanged(before, now);
  return now;
}

export function serverCertificateExists(name: string): ApiError {
  return new ApiError(EntityAlreadyExistsException$, `The Server Certificate with name ${name} already exists.`);
}
