import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("TagUser adds tags, and replaces one whose key differs in case only", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  const tags = [
    { Key: "team", Value: "a" },
    { Key: "env", Value: "" },
  ];
  await iam.tagUser({ ...user, Tags: tags });
  assert.deepEqual((await iam.listUserTags(user)).Tags, tags);
  await iam.tagUser({ ...user, Tags: [{ Key: "Team", Value: "b" }] });
  assert.deepEqual((await iam.listUserTags(user)).Tags, [
    { Key: "Team", Value: "b" },
    { Key: "env", Value: "" },
  ]);
});

test("TagUser refuses a tag twice, AWS's own tags, more than fifty, and a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  const tagged = (...keys: string[]) => iam.tagUser({ ...user, Tags: keys.map((Key) => ({ Key, Value: "" })) });
  await assert.rejects(tagged("a", "A"), {
    name: "InvalidInputException",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
  await assert.rejects(tagged("aws:a"), { name: "InvalidInputException" });
  await tagged(...Array.from({ length: 50 }, (_, index) => `k${index}`));
  await assert.rejects(tagged("more"), { name: "LimitExceededException" });
  await assert.rejects(iam.tagUser({ UserName: "none", Tags: [] }), noSuch("user", "none"));
});
