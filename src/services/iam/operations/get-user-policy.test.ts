import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, readParameters, refusal } from "../iam.fixture.ts";

test("GetUserPolicy shows a policy, and refuses a name that is not in use", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  await iam.putUserPolicy({ ...user, PolicyName: "read", PolicyDocument: readParameters });
  const shown = await iam.getUserPolicy({ ...user, PolicyName: "read" });
  assert.deepEqual([shown.UserName, shown.PolicyName], ["bob", "read"]);
  assert.equal(decodeURIComponent(shown.PolicyDocument ?? ""), readParameters);
  await assert.rejects(
    iam.getUserPolicy({ ...user, PolicyName: "none" }),
    refusal("NoSuchEntity", 404, "The user policy with name none cannot be found."),
  );
  await assert.rejects(iam.getUserPolicy({ UserName: "none", PolicyName: "read" }), noSuch("user", "none"));
});
