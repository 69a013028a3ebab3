import assert from "node:assert/strict";
import { assertRefused, notFound, testEcr } from "../ecr.fixture.ts";

const resourceArn = "arn:aws:ecr:us-east-1:111122223333:repository/app";
const gone = resourceArn.replace("app", "gone");

testEcr("ListTagsForResource lists tags, which are condition keys", async ({ ecr, asked }) => {
  assert.deepEqual((await ecr.listTagsForResource({ resourceArn })).tags, [{ Key: "team", Value: "red" }]);
  const { conditions } = asked.at(-1)!;
  assert.deepEqual(conditions, { "aws:ResourceTag/team": "red", "ecr:ResourceTag/team": "red" });
});

testEcr("ListTagsForResource refuses another kind of ARN, and a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.listTagsForResource({ resourceArn: "arn:aws:ecs:us-east-1:111122223333:repository/app" }),
    "InvalidParameterException",
  );
  await assertRefused(ecr.listTagsForResource({ resourceArn: gone }), notFound.name, notFound.message);
});
