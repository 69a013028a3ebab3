import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { allow, document, openIam, principalOf } from "../iam.fixture.ts";

test("a group's inline and attached policies are its users', until they leave it", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  const bob = principalOf((await iam.createUser({ UserName: "bob" })).User);
  const GroupName = "ops";
  await iam.createGroup({ GroupName });
  await iam.putGroupPolicy({ GroupName, PolicyName: "groups", PolicyDocument: document(allow("iam:ListGroups")) });
  const PolicyDocument = document(allow("iam:ListPolicies"));
  const { Policy } = await iam.createPolicy({ PolicyName: "policies", PolicyDocument });
  await iam.attachGroupPolicy({ GroupName, PolicyArn: Policy?.Arn });
  const PolicyArn = "arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser";
  await iam.attachGroupPolicy({ GroupName, PolicyArn });
  async function asBob(work: () => Promise<unknown>): Promise<string> {
    caller.principal = bob;
    try {
      await work();
      return "allowed";
    } catch (error) {
      return (error as Error).name;
    } finally {
      caller.principal = rootPrincipal;
    }
  }
  const groups = () => iam.listGroups({});
  const policies = () => iam.listPolicies({ Scope: "Local" });
  // The AWS managed policy allows it.
  const roles = () => iam.listRoles({});
  assert.equal(await asBob(groups), "AccessDenied");
  await iam.addUserToGroup({ GroupName, UserName: "bob" });
  assert.deepEqual([await asBob(groups), await asBob(policies), await asBob(roles)], ["allowed", "allowed", "allowed"]);
  await iam.detachGroupPolicy({ GroupName, PolicyArn: Policy?.Arn });
  assert.deepEqual([await asBob(groups), await asBob(policies)], ["allowed", "AccessDenied"]);
  await iam.removeUserFromGroup({ GroupName, UserName: "bob" });
  assert.deepEqual([await asBob(groups), await asBob(roles)], ["AccessDenied", "AccessDenied"]);
});
