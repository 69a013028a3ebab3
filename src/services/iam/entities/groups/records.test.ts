import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount } from "../../../../../test/support/in-process.ts";
import { fakeClock } from "../../../../clock.ts";
import { randomIds } from "../../../../ids.ts";
import { keyring } from "../../../../keyring/keyring.ts";
import type { Principal } from "../../../../model/call.ts";
import { authorizer, iamService, iamStore } from "../../index.ts";

const allow = (action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const caller: { principal: Principal } = { principal: rootPrincipal };
    const options = { clock: fakeClock(), principal: () => caller.principal, authorize: authorizer({ store }) };
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], options));
    return { iam, store, caller, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`CreateGroup, GetGroup and ListGroups show groups and their users page by page (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const { Group: created } = await iam.createGroup({ GroupName: "ops", Path: "/x/" });
    assert.match(created?.GroupId ?? "", /^AGPA[A-Z2-7]{17}$/);
    assert.deepEqual(created, {
      Path: "/x/",
      GroupName: "ops",
      GroupId: created?.GroupId,
      Arn: `arn:aws:iam::${testAccount}:group/x/ops`,
      CreateDate: new Date("2026-01-02T03:04:05.000Z"),
    });
    await iam.createGroup({ GroupName: "dev" });
    await assert.rejects(iam.createGroup({ GroupName: "OPS" }), {
      name: "EntityAlreadyExistsException",
      message: "Group with name OPS already exists.",
    });
    for (const UserName of ["eve", "bob", "Carol"]) {
      await iam.createUser({ UserName });
      await iam.addUserToGroup({ GroupName: "ops", UserName });
    }
    await iam.addUserToGroup({ GroupName: "ops", UserName: "bob" });
    const first = await iam.getGroup({ GroupName: "ops", MaxItems: 2 });
    assert.deepEqual([first.Users?.map(({ UserName }) => UserName), first.IsTruncated], [["bob", "Carol"], true]);
    const rest = await iam.getGroup({ GroupName: "ops", MaxItems: 2, Marker: first.Marker });
    assert.deepEqual([rest.Users?.map(({ UserName }) => UserName), rest.IsTruncated], [["eve"], false]);
    const listed = await iam.listGroups({});
    assert.deepEqual(
      listed.Groups?.map(({ GroupName }) => GroupName),
      ["dev", "ops"],
    );
    assert.equal((await iam.listGroups({ PathPrefix: "/x/" })).Groups?.length, 1);
    assert.deepEqual((await iam.listGroupsForUser({ UserName: "bob" })).Groups, [created]);
    await assert.rejects(iam.getGroup({ GroupName: "none" }), {
      name: "NoSuchEntityException",
      message: "The group with name none cannot be found.",
    });
  });

  test(`a group's inline and attached policies are its users', until they leave it (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, caller } = context;
    const user = (await iam.createUser({ UserName: "bob" })).User;
    const GroupName = "ops";
    await iam.createGroup({ GroupName });
    await iam.putGroupPolicy({ GroupName, PolicyName: "groups", PolicyDocument: allow("iam:ListGroups") });
    const { Policy } = await iam.createPolicy({ PolicyName: "policies", PolicyDocument: allow("iam:ListPolicies") });
    await iam.attachGroupPolicy({ GroupName, PolicyArn: Policy?.Arn });
    const PolicyArn = "arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser";
    await iam.attachGroupPolicy({ GroupName, PolicyArn });
    const bob: Principal = { ...rootPrincipal, kind: "user", arn: user?.Arn ?? "", userId: user?.UserId ?? "" };
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
    // Of the AWS managed policy.
    const roles = () => iam.listRoles({});
    assert.equal(await asBob(groups), "AccessDenied");
    await iam.addUserToGroup({ GroupName, UserName: "bob" });
    assert.deepEqual(
      [await asBob(groups), await asBob(policies), await asBob(roles)],
      ["allowed", "allowed", "allowed"],
    );
    await iam.detachGroupPolicy({ GroupName, PolicyArn: Policy?.Arn });
    assert.deepEqual([await asBob(groups), await asBob(policies)], ["allowed", "AccessDenied"]);
    await iam.removeUserFromGroup({ GroupName, UserName: "bob" });
    assert.deepEqual([await asBob(groups), await asBob(roles)], ["AccessDenied", "AccessDenied"]);
    await iam.removeUserFromGroup({ GroupName, UserName: "bob" });
    await assert.rejects(iam.removeUserFromGroup({ GroupName: "none", UserName: "eve" }), {
      name: "NoSuchEntityException",
      message: "The user with name eve cannot be found.",
    });
  });

  test(`a group's policies are listed, read and found by ListEntitiesForPolicy (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const GroupName = "ops";
    await iam.createGroup({ GroupName });
    await iam.putGroupPolicy({ GroupName, PolicyName: "a", PolicyDocument: allow("ssm:Get*") });
    const PolicyArn = "arn:aws:iam::aws:policy/PowerUserAccess";
    await iam.attachGroupPolicy({ GroupName, PolicyArn });
    assert.deepEqual((await iam.listGroupPolicies({ GroupName })).PolicyNames, ["a"]);
    const { PolicyDocument: document } = await iam.getGroupPolicy({ GroupName, PolicyName: "a" });
    assert.equal(decodeURIComponent(document ?? ""), allow("ssm:Get*"));
    assert.deepEqual((await iam.listAttachedGroupPolicies({ GroupName })).AttachedPolicies, [
      { PolicyName: "PowerUserAccess", PolicyArn },
    ]);
    const { PolicyGroups: groups } = await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: "Group" });
    assert.deepEqual(
      groups?.map((group) => group.GroupName),
      [GroupName],
    );
    assert.deepEqual((await iam.listEntitiesForPolicy({ PolicyArn, EntityFilter: "User" })).PolicyGroups, []);
    await iam.createUser({ UserName: "bob", PermissionsBoundary: PolicyArn });
    await iam.createUser({ UserName: "Al" });
    for (const UserName of ["bob", "Al"]) await iam.attachUserPolicy({ UserName, PolicyArn });
    const found: (string | undefined)[] = [];
    for await (const page of sdk.paginateListEntitiesForPolicy({ client: iam, pageSize: 1 }, { PolicyArn })) {
      found.push(...(page.PolicyGroups ?? []).map((group) => group.GroupName));
      found.push(...(page.PolicyUsers ?? []).map((user) => user.UserName));
    }
    assert.deepEqual(found, ["ops", "Al", "bob"]);
    const bounded = await iam.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: "PermissionsBoundary" });
    assert.deepEqual([bounded.PolicyUsers?.length, bounded.PolicyGroups?.length], [1, 0]);
    const { Policy } = await iam.getPolicy({ PolicyArn });
    assert.deepEqual([Policy?.AttachmentCount, Policy?.PermissionsBoundaryUsageCount], [3, 1]);
    await assert.rejects(
      iam.putGroupPolicy({ GroupName, PolicyName: "b", PolicyDocument: allow(`ssm:${"x".repeat(5120)}`) }),
      { name: "LimitExceededException", message: "Maximum policy size of 5120 bytes exceeded for group ops" },
    );
    const service = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy";
    await assert.rejects(iam.attachGroupPolicy({ GroupName, PolicyArn: service }), {
      name: "PolicyNotAttachableException",
      message: "Cannot attach a Service Role Policy to a Customer Role.",
    });
    await assert.rejects(iam.getGroupPolicy({ GroupName, PolicyName: "b" }), {
      message: "The group policy with name b cannot be found.",
    });
  });

  test(`DeleteGroup and DeleteUser refuse what is still in use; UpdateGroup renames (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createGroup({ GroupName: "dev" });
    await iam.createGroup({ GroupName: "old" });
    await iam.createUser({ UserName: "bob" });
    await iam.addUserToGroup({ GroupName: "old", UserName: "bob" });
    await iam.putGroupPolicy({ GroupName: "old", PolicyName: "a", PolicyDocument: allow("ssm:Get*") });
    await assert.rejects(iam.updateGroup({ GroupName: "old", NewGroupName: "Dev" }), {
      message: "Group with name Dev already exists.",
    });
    await iam.updateGroup({ GroupName: "old", NewGroupName: "ops", NewPath: "/y/" });
    const GroupName = "ops";
    const conflict = (message: string) => ({ name: "DeleteConflictException", message });
    await assert.rejects(
      iam.deleteGroup({ GroupName }),
      conflict("Cannot delete entity, must remove users from group first."),
    );
    await assert.rejects(
      iam.deleteUser({ UserName: "bob" }),
      conflict("Cannot delete entity, must remove users from group first."),
    );
    await iam.removeUserFromGroup({ GroupName, UserName: "bob" });
    await assert.rejects(iam.deleteGroup({ GroupName }), conflict("Cannot delete entity, must delete policies first."));
    await iam.deleteGroupPolicy({ GroupName, PolicyName: "a" });
    await iam.attachGroupPolicy({ GroupName, PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" });
    await assert.rejects(
      iam.deleteGroup({ GroupName }),
      conflict("Cannot delete entity, must detach all policies first."),
    );
    await iam.detachGroupPolicy({ GroupName, PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" });
    await iam.deleteGroup({ GroupName });
    await iam.deleteUser({ UserName: "bob" });
    assert.deepEqual(
      (await iam.listGroups({})).Groups?.map((group) => group.GroupName),
      ["dev"],
    );
  });

  test(`a user is in ten groups at most, an account has 300 (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createUser({ UserName: "bob" });
    for (let number = 0; number < 300; number++) await iam.createGroup({ GroupName: `g${number}` });
    await assert.rejects(iam.createGroup({ GroupName: "more" }), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for GroupsPerAccount: 300",
    });
    for (let number = 0; number < 10; number++) await iam.addUserToGroup({ GroupName: `g${number}`, UserName: "bob" });
    await assert.rejects(iam.addUserToGroup({ GroupName: "g11", UserName: "bob" }), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for GroupsPerUser: 10",
    });
  });
}
