import type { User } from "../../entities/entity.ts";
import { noSuch } from "../../errors.ts";
import type { IamRecords } from "../../store.ts";
import type { AccessKey } from "./access-key.ts";

/** The user's access key of that id. Throws AWS's error where it does not exist. */
export async function existingAccessKey(store: IamRecords, user: User, id: string): Promise<AccessKey> {
  const key = (await store.accessKeys.list(user.id)).find((each) => each.id === id);
  if (!key) throw noSuch(`The Access Key with id ${id} cannot be found.`);
  return key;
}
