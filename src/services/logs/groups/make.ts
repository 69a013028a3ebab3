import type { Tag } from "../../../model/tag-conditions.ts";
import type { Logs } from "../context.ts";
import { type GroupClass, isGroupName, isReserved, type Place } from "./group.ts";
import { underKmsKey } from "./kms-key.ts";

export interface GroupOptions {
  readonly tags?: readonly Tag[];
  readonly class?: GroupClass | undefined;
  readonly isProtected?: boolean | undefined;
  readonly kmsKeyId?: string | undefined;
}

type Making = Pick<Logs, "store" | "ids" | "clock">;

/** Makes a group with a data key of its own. False if the name is taken. */
export async function makeGroup(
  { store, ids, clock }: Making,
  place: Place,
  name: string,
  { tags = [], class: groupClass = "STANDARD", isProtected = false, kmsKeyId }: GroupOptions = {},
): Promise<boolean> {
  const { account, region } = place;
  const [id, keyId] = [ids.uuid(), ids.uuid()];
  const key = await underKmsKey(place, name, () => store.keys.make({ id, account, region, name }, keyId, kmsKeyId));
  return store.groups.insert(
    {
      ...{ id, account, region, name, tags, keyId, isProtected },
      createdAt: clock.now().getTime(),
      retentionDays: undefined,
      class: groupClass,
      kmsKeyArn: key.kms_key_arn ?? undefined,
    },
    key,
  );
}

/** Makes a group unless it is there. Nothing is made of what is no name of a group. */
export async function ensureGroup(making: Making, place: Place, name: string): Promise<void> {
  if (!isGroupName(name) || isReserved(name) || (await making.store.groups.find(place, name))) return;
  // Where somebody else was first, theirs stays.
  await makeGroup(making, place, name);
}
