import type { Logs } from "../context.ts";
import type { Place } from "./group.ts";

/** Makes a group as CreateLogGroup does without options, unless it is there. Nothing is made of what is no name of a group. */
export async function ensureGroup(
  { store, ids, clock }: Omit<Logs, "timers">,
  place: Place,
  name: string,
): Promise<void> {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name) || name.startsWith("aws/")) return;
  const { account, region } = place;
  if (await store.groups.find({ account, region }, name)) return;
  const [id, keyId] = [ids.uuid(), ids.uuid()];
  const key = await store.keys.make({ id, account, region, name }, keyId);
  const group = { id, account, region, name, keyId, tags: [], createdAt: clock.now().getTime() };
  const options = { retentionDays: undefined, class: "STANDARD" as const, isProtected: false, kmsKeyArn: undefined };
  // Where somebody else was first, theirs stays.
  await store.groups.insert({ ...group, ...options }, key);
}
