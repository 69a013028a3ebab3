import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

test("CreateGroup makes a group, and refuses a name in other case", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { Group: created } = await iam.createGroup({ GroupName: "ops", Path: "/x/" });
  assert.match(created?.GroupId ?? "", /^AGPA[A-Z2-7]{17}$/);
  assert.deepEqual(created, {
    Path: "/x/",
    GroupName: "ops",
    GroupId: created?.GroupId,
    Arn: arnOf("group/x/ops"),
    CreateDate: new Date("2026-01-02T03:04:05.000Z"),
  });
  await assert.rejects(iam.createGroup({ GroupName: "OPS" }), {
    name: "EntityAlreadyExistsException",
    message: "Group with name OPS already exists.",
  });
});

test("CreateGroup makes 300 groups in an account at most", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (let number = 0; number < 300; number++) await iam.createGroup({ GroupName: `g${number}` });
  await assert.rejects(iam.createGroup({ GroupName: "more" }), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for GroupsPerAccount: 300",
  });
});
