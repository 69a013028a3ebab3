import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, refusal } from "./iam.fixture.ts";

const characters = "contain only alphanumeric characters and/or the following: +=,.@_-";
const path = "begin and end with / and contain only alphanumeric characters and/or / characters.";
const prefix = "begin with the / character and contain only alphanumeric characters and/or / characters.";
const invalid = (member: string, rule: string) =>
  refusal("ValidationError", 400, `The specified value for ${member} is invalid. It must ${rule}`);

test("names and paths that do not have their form are refused in IAM's own words", async (t) => {
  await using context = await openIam();
  const { iam } = context;
  const cases: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ["userName", characters, () => iam.createUser({ UserName: "a b" })],
    ["newUserName", characters, () => iam.updateUser({ UserName: "a", NewUserName: "a/b" })],
    ["groupName", characters, () => iam.getGroup({ GroupName: "a/b" })],
    ["roleName", characters, () => iam.getRole({ RoleName: "service-role/r" })],
    ["policyName", characters, () => iam.getRolePolicy({ RoleName: "r", PolicyName: "a b" })],
    ["path", path, () => iam.createUser({ UserName: "a", Path: "x/" })],
    ["newPath", path, () => iam.updateUser({ UserName: "a", NewPath: "/x" })],
    ["pathPrefix", prefix, () => iam.listUsers({ PathPrefix: "x" })],
    // The first is told.
    ["path", path, () => iam.createUser({ Path: "x", UserName: "a" })],
  ];
  for (const [member, rule, call] of cases) {
    await t.test(member, () => assert.rejects(call(), invalid(member, rule)));
  }
});

test("values are not quoted, neither those of the request nor those that would be good", async () => {
  await using context = await openIam();
  const { iam } = context;
  const cases = [
    [
      "'status'",
      "satisfy enum value set",
      iam.updateAccessKey({ AccessKeyId: "A".repeat(16), Status: "On" as "Active" }),
    ],
    [
      "'tags.1.member.key'",
      "have length less than or equal to 128",
      iam.tagUser({ UserName: "a", Tags: [{ Key: "k".repeat(129), Value: "v" }] }),
    ],
    ["'groupName'", "not be null", iam.getGroup({} as { GroupName: string })],
  ] as const;
  for (const [member, must, call] of cases) {
    const message = `1 validation error detected: Value at ${member} failed to satisfy constraint: Member must ${must}`;
    await assert.rejects(call, refusal("ValidationError", 400, message));
  }
});

test("where something else is wrong too, only that is told", async () => {
  await using context = await openIam();
  const { iam } = context;
  await assert.rejects(
    iam.createUser({ UserName: "a".repeat(65), Path: "x" }),
    refusal(
      "ValidationError",
      400,
      `1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ),
  );
  const pattern = "Member must satisfy regular expression pattern: [\\w+=,.@-]+";
  await assert.rejects(iam.getInstanceProfile({ InstanceProfileName: "a b" }), {
    message: `1 validation error detected: Value at 'instanceProfileName' failed to satisfy constraint: ${pattern}`,
  });
});
