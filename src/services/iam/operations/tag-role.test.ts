import assert from "node:assert/strict";
import { test } from "node:test";
import { concurrent, noSuch, openIam, trust } from "../iam.fixture.ts";

test("TagRole adds tags, and replaces one whose key differs in case only", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  const tags = [
    { Key: "team", Value: "a" },
    { Key: "env", Value: "" },
  ];
  await iam.tagRole({ ...role, Tags: tags });
  assert.deepEqual((await iam.listRoleTags(role)).Tags, tags);
  await iam.tagRole({ ...role, Tags: [{ Key: "Team", Value: "b" }] });
  assert.deepEqual((await iam.listRoleTags(role)).Tags, [
    { Key: "Team", Value: "b" },
    { Key: "env", Value: "" },
  ]);
});

test("TagRole refuses a tag twice, AWS's own tags, more than fifty, and a role that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  const tagged = (...keys: string[]) => iam.tagRole({ ...role, Tags: keys.map((Key) => ({ Key, Value: "" })) });
  await assert.rejects(tagged("a", "A"), {
    name: "InvalidInputException",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
  await assert.rejects(tagged("aws:a"), { name: "InvalidInputException" });
  await tagged(...Array.from({ length: 50 }, (_, index) => `k${index}`));
  await assert.rejects(tagged("more"), { name: "LimitExceededException" });
  await assert.rejects(iam.tagRole({ RoleName: "none", Tags: [] }), noSuch("role", "none"));
});

test("TagRole loses no tag that another request changed in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ ...role, AssumeRolePolicyDocument: trust() });
  context.meanwhile(() => iam.tagRole({ ...role, Tags: [{ Key: "first", Value: "1" }] }));
  await assert.rejects(iam.tagRole({ ...role, Tags: [{ Key: "second", Value: "2" }] }), concurrent);
  assert.deepEqual((await iam.listRoleTags(role)).Tags, [{ Key: "first", Value: "1" }]);
});
