import assert from "node:assert/strict";
import { test } from "node:test";
import { openKms } from "../kms.fixture.ts";

test("ListKeyPolicies shows the one policy of a key", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const { id: KeyId, arn } = await opened.create();
  const { PolicyNames, Truncated } = await kms.listKeyPolicies({ KeyId });
  assert.deepEqual([PolicyNames, Truncated], [["default"], false]);
  assert.deepEqual([asked.at(-1)?.action, asked.at(-1)?.resource], ["kms:ListKeyPolicies", arn]);
});

test("ListKeyPolicies refuses an alias, and a marker that it never gave", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id: KeyId } = await opened.create();
  await assert.rejects(kms.listKeyPolicies({ KeyId: "alias/app" }), { name: "NotFoundException" });
  await assert.rejects(kms.listKeyPolicies({ KeyId, Marker: "x" }), { name: "InvalidMarkerException" });
});
