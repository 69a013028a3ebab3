import assert from "node:assert/strict";
import { test } from "node:test";
import { heldAttachments, heldBy, heldIn, mergeHeld } from "./held-secrets.ts";

const db = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db/main-a1B2c3";
const key = "arn:aws:ssm:us-east-1:111122223333:parameter/app/key";

const held = heldBy([
  ["web", { arn: key, version: "3" }],
  ["web", { arn: db, version: "v1" }],
  ["side", { arn: db, version: "v1" }],
]);

test("Held secrets are told as attachments, and read again", () => {
  const attachments = heldAttachments(held);
  assert.deepEqual(attachments, [
    { attachmentArn: db, status: "v1 side,web" },
    { attachmentArn: key, status: "3 web" },
  ]);
  assert.deepEqual(heldIn(attachments), held);
});

test("Attachments of other kinds and malformed ones are no secrets", () => {
  const interfaces = [{ attachmentArn: "arn:aws:ecs:us-east-1:111122223333:attachment/x", status: "ATTACHED" }];
  assert.equal(heldIn(interfaces), undefined);
  assert.equal(heldIn([{ attachmentArn: db, status: "v1" }]), undefined);
  assert.equal(heldIn([{ attachmentArn: `${db} x`, status: "v1 web" }]), undefined);
  assert.equal(heldIn([{ attachmentArn: undefined, status: undefined }]), undefined);
});

test("A container that gets its secrets again holds only the new versions", () => {
  const got = heldBy([["side", { arn: db, version: "v2" }]]);
  assert.deepEqual(heldAttachments(mergeHeld(held, got)), [
    { attachmentArn: db, status: "v1 web" },
    { attachmentArn: db, status: "v2 side" },
    { attachmentArn: key, status: "3 web" },
  ]);
});
