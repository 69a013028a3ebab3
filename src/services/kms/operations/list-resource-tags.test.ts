import assert from "node:assert/strict";
import { test } from "node:test";
import { openKms } from "../kms.fixture.ts";

test("ListResourceTags pages through a key's tags, in the order of their keys", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const Tags = ["c", "a", "b"].map((TagKey) => ({ TagKey, TagValue: TagKey.toUpperCase() }));
  const { id: KeyId, arn } = await opened.create({ Tags });
  const first = await kms.listResourceTags({ KeyId, Limit: 2 });
  assert.deepEqual(first.Tags, [
    { TagKey: "a", TagValue: "A" },
    { TagKey: "b", TagValue: "B" },
  ]);
  assert.equal(first.Truncated, true);
  const last = await kms.listResourceTags({ KeyId, Marker: first.NextMarker });
  assert.deepEqual([last.Tags, last.Truncated], [[{ TagKey: "c", TagValue: "C" }], false]);
  assert.deepEqual([asked.at(-1)?.action, asked.at(-1)?.resource], ["kms:ListResourceTags", arn]);
});

test("ListResourceTags refuses an alias, and a marker that it never gave", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id: KeyId } = await opened.create();
  await assert.rejects(kms.listResourceTags({ KeyId: "alias/app" }), { name: "NotFoundException" });
  await assert.rejects(kms.listResourceTags({ KeyId, Marker: "x" }), { name: "InvalidMarkerException" });
});
