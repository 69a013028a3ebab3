import assert from "node:assert/strict";
import { assertRefused, notFound, testEcr } from "../ecr.fixture.ts";

const resourceArn = "arn:aws:ecr:us-east-1:111122223333:repository/app";
const gone = resourceArn.replace("app", "gone");

testEcr("TagResource adds and replaces", async ({ ecr, asked }) => {
  await ecr.tagResource({
    resourceArn,
    tags: [
      { Key: "team", Value: "blue" },
      { Key: "env", Value: "prod" },
    ],
  });
  assert.equal(asked.at(-1)?.conditions?.["aws:RequestTag/team"], "blue");
  const { tags } = await ecr.listTagsForResource({ resourceArn });
  assert.deepEqual(tags, [
    { Key: "team", Value: "blue" },
    { Key: "env", Value: "prod" },
  ]);
  const many = Array.from({ length: 50 }, (_, index) => ({ Key: `key-${index}`, Value: "" }));
  await assertRefused(ecr.tagResource({ resourceArn, tags: many }), "TooManyTagsException");
});

testEcr("TagResource refuses another kind of ARN, and a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.tagResource({ resourceArn: "arn:aws:ecs:us-east-1:111122223333:repository/app", tags: [] }),
    "InvalidParameterException",
  );
  await assertRefused(ecr.tagResource({ resourceArn: gone, tags: [] }), notFound.name, notFound.message);
});
