import type { User } from "../../entities/entity.ts";
import { noSuch } from "../../errors.ts";
import type { IamRecords } from "../../store.ts";
import type { SigningCertificate } from "./signing-certificate.ts";

/** The user's certificate of that id. Throws AWS's error where it does not exist. */
export async function existingSigningCertificate(
  store: IamRecords,
  user: User,
  id: string,
): Promise<SigningCertificate> {
  const certificate = (await store.signingCertificates.list(user.id)).find((each) => each.id === id);
  if (!certificate) throw noSuch(`The Certificate with id ${id} cannot be found.`);
  return certificate;
}
