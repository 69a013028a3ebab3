import type { Call } from "../../../../model/call.ts";
import type { Need } from "../../../../model/operation.ts";
import type { Iam } from "../../context.ts";
import { onEntity } from "../../entities/access.ts";
import { type FoundEntity, findUser, unchanged } from "../../entities/find.ts";
import { noSuch } from "../../errors.ts";
import type { IamRecords } from "../../store.ts";
import type { ServiceCredential } from "./service-credential.ts";

/** The user and the credential that a request names, as they were found before access was asked for. */
interface FoundCredential extends FoundEntity<"user"> {
  readonly credentialId: string;
  /** `undefined` where the user has no such credential. */
  readonly credential: ServiceCredential | undefined;
}

interface CredentialInput {
  readonly UserName?: string;
  readonly ServiceSpecificCredentialId: string;
}

export async function findServiceCredential(
  input: CredentialInput,
  call: Call,
  context: Iam,
): Promise<FoundCredential> {
  const found = await findUser(input, call, context);
  const credentialId = input.ServiceSpecificCredentialId;
  const credential = found.entity && (await credentialOf(context.store, found.entity.id, credentialId));
  return { ...found, credentialId, credential };
}

/** Access to a credential of a user. */
export function onServiceCredential(found: FoundCredential, input: unknown, call: Call): Need {
  const { credential } = found;
  return onEntity(found, input, call, {
    ...(credential && { "iam:ServiceSpecificCredentialServiceName": credential.service }),
  });
}

/** The user and the credential. Throws AWS's errors where either does not exist, or the user changed meanwhile. */
export async function unchangedServiceCredential(store: IamRecords, found: FoundCredential) {
  const user = await unchanged(store, found);
  const credential = found.credential && (await credentialOf(store, user.id, found.credentialId));
  if (!credential) throw noSuch(`No such credential ${found.credentialId} exists`);
  return { user, credential };
}

async function credentialOf(
  store: Pick<IamRecords, "serviceCredentials">,
  userId: string,
  id: string,
): Promise<ServiceCredential | undefined> {
  return (await store.serviceCredentials.list(userId)).find((each) => each.id === id);
}
