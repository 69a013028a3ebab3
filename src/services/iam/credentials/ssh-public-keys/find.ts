import type { User } from "../../entities/entity.ts";
import { noSuch } from "../../errors.ts";
import type { IamRecords } from "../../store.ts";
import type { SshPublicKey } from "./ssh-public-key.ts";

/** The user's key of that id. Throws AWS's error where it does not exist. */
export async function existingSshPublicKey(
  store: Pick<IamRecords, "sshPublicKeys">,
  user: User,
  id: string,
): Promise<SshPublicKey> {
  const key = (await store.sshPublicKeys.list(user.id)).find((each) => each.id === id);
  if (!key) throw noSuch(`The Public Key with id ${id} cannot be found.`);
  return key;
}
