import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, trust } from "./iam.fixture.ts";

/** How often work succeeds of five times at once, and the errors of the other times. */
async function atOnce(work: (index: number) => Promise<unknown>): Promise<readonly [number, readonly string[]]> {
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.name] : []));
  return [outcomes.length - errors.length, [...new Set(errors)]];
}

test("of several requests that make or fill the same at once, one succeeds", async () => {
  await using context = await openIam();
  const { iam } = context;
  const taken = [1, ["EntityAlreadyExistsException"]];
  assert.deepEqual(await atOnce(() => iam.createGroup({ GroupName: "g" })), taken);
  assert.deepEqual(await atOnce(() => iam.createInstanceProfile({ InstanceProfileName: "i" })), taken);
  assert.deepEqual(await atOnce(() => iam.createOpenIDConnectProvider({ Url: "https://idp.example" })), taken);
  await iam.createUser({ UserName: "bob" });
  assert.deepEqual(await atOnce(() => iam.createLoginProfile({ UserName: "bob", Password: "Abc1!efgh" })), taken);
  assert.deepEqual(await atOnce(() => iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" })), [
    1,
    ["InvalidInputException"],
  ]);
  for (const index of [0, 1, 2, 3, 4])
    await iam.createRole({ RoleName: `r${index}`, AssumeRolePolicyDocument: trust() });
  assert.deepEqual(
    await atOnce((index) => iam.addRoleToInstanceProfile({ InstanceProfileName: "i", RoleName: `r${index}` })),
    [1, ["LimitExceededException"]],
  );
});

test("a limit holds for several requests at once", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  for (let number = 0; number < 14; number++) await iam.createGroup({ GroupName: `g${number}` });
  for (let number = 0; number < 9; number++) await iam.addUserToGroup({ GroupName: `g${number}`, UserName: "bob" });
  assert.deepEqual(await atOnce((index) => iam.addUserToGroup({ GroupName: `g${9 + index}`, UserName: "bob" })), [
    1,
    ["LimitExceededException"],
  ]);
  const outcome = await Promise.allSettled([
    iam.deleteGroup({ GroupName: "g13" }),
    iam.removeUserFromGroup({ GroupName: "g0", UserName: "bob" }),
    iam.addUserToGroup({ GroupName: "g13", UserName: "bob" }),
  ]);
  const groups = (await iam.listGroupsForUser({ UserName: "bob" })).Groups?.map(({ GroupName }) => GroupName) ?? [];
  const isThere = await iam.getGroup({ GroupName: "g13" }).then(
    () => true,
    () => false,
  );
  assert.equal(groups.includes("g13") && !isThere, false, JSON.stringify(outcome));
});
