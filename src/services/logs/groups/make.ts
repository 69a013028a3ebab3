import type { Tag } from "../../../model/tag-conditions.ts";
import type { Logs } from "../context.ts";
import type { GroupClass, Place } from "./group.ts";
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
