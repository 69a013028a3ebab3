import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, readParameters, refusal } from "../iam.fixture.ts";

test("GetGroupPolicy shows a policy, and refuses a name that is not in use", async () => {
  await using context = await openIam();
  const { iam } = context;
  const group = { GroupName: "ops" };
  await iam.createGroup({ GroupName: "ops" });
  await iam.putGroupPolicy({ ...group, PolicyName: "read", PolicyDocument: readParameters });
  const shown = await iam.getGroupPolicy({ ...group, PolicyName: "read" });
  assert.deepEqual([shown.GroupName, shown.PolicyName], ["ops", "read"]);
  assert.equal(decodeURIComponent(shown.PolicyDocument ?? ""), readParameters);
  await assert.rejects(
    iam.getGroupPolicy({ ...group, PolicyName: "none" }),
    refusal("NoSuchEntity", 404, "The group policy with name none cannot be found."),
  );
  await assert.rejects(iam.getGroupPolicy({ GroupName: "none", PolicyName: "read" }), noSuch("group", "none"));
});
