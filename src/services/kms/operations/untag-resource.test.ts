import assert from "node:assert/strict";
import { test } from "node:test";
import { openKms } from "../kms.fixture.ts";

test("UntagResource removes the tags that it names, and asks for their keys", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const Tags = ["a", "b", "c"].map((TagKey) => ({ TagKey, TagValue: "" }));
  const { id: KeyId, arn } = await opened.create({ Tags });
  await kms.untagResource({ KeyId, TagKeys: ["a", "c", "missing"] });
  const { action, resource, conditions } = asked.at(-1)!;
  assert.deepEqual([action, resource], ["kms:UntagResource", arn]);
  assert.deepEqual(conditions?.["aws:TagKeys"], ["a", "c", "missing"]);
  assert.deepEqual((await kms.listResourceTags({ KeyId })).Tags, [{ TagKey: "b", TagValue: "" }]);
});

test("UntagResource refuses an alias, and a key that will be deleted", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id: KeyId, arn } = await opened.create();
  await assert.rejects(kms.untagResource({ KeyId: "alias/app", TagKeys: ["a"] }), { name: "NotFoundException" });
  await kms.scheduleKeyDeletion({ KeyId });
  await assert.rejects(kms.untagResource({ KeyId, TagKeys: ["a"] }), {
    name: "KMSInvalidStateException",
    message: `${arn} is pending deletion.`,
  });
});
