import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, arnOf, document, openIam, principalOf, refusal } from "../iam.fixture.ts";

const SerialNumber = arnOf("mfa/phone");

test("TagMFADevice adds tags and replaces those of the same key", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone", Tags: [{ Key: "k", Value: "old" }] });
  const Tags = ["k", "l"].map((Key) => ({ Key, Value: "new" }));
  await iam.tagMFADevice({ SerialNumber, Tags });
  assert.deepEqual((await iam.listMFADeviceTags({ SerialNumber })).Tags, Tags);
  const none = arnOf("mfa/none");
  await assert.rejects(
    iam.tagMFADevice({ SerialNumber: none, Tags }),
    refusal("NoSuchEntity", 404, `VirtualMFADevice with serial number ${none} doesn't exist.`),
  );
});

test("TagMFADevice is decided by the device's tags and the request's", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  await iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone", Tags: [{ Key: "team", Value: "a" }] });
  const Condition = { StringEquals: { "aws:ResourceTag/team": "a", "aws:RequestTag/k": "v" } };
  const { User } = await iam.createUser({ UserName: "bob" });
  const PolicyDocument = document(allow("iam:TagMFADevice", { Resource: SerialNumber, Condition }));
  await iam.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument });
  caller.principal = principalOf(User);
  await iam.tagMFADevice({ SerialNumber, Tags: [{ Key: "k", Value: "v" }] });
  await assert.rejects(iam.tagMFADevice({ SerialNumber, Tags: [{ Key: "k", Value: "w" }] }), { name: "AccessDenied" });
});
