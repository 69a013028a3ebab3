import assert from "node:assert/strict";
import { assertRefused, notFound, testEcr } from "../ecr.fixture.ts";

const resourceArn = "arn:aws:ecr:us-east-1:111122223333:repository/app";
const gone = resourceArn.replace("app", "gone");

testEcr("UntagResource takes tags away", async ({ ecr, asked }) => {
  await ecr.untagResource({ resourceArn, tagKeys: ["team"] });
  assert.deepEqual(asked.at(-1)?.conditions?.["aws:TagKeys"], ["team"]);
  assert.deepEqual((await ecr.listTagsForResource({ resourceArn })).tags, []);
});

testEcr("UntagResource refuses another kind of ARN, and a repository that is not there", async ({ ecr }) => {
  await assertRefused(
    ecr.untagResource({ resourceArn: "arn:aws:ecs:us-east-1:111122223333:repository/app", tagKeys: ["team"] }),
    "InvalidParameterException",
  );
  await assertRefused(ecr.untagResource({ resourceArn: gone, tagKeys: ["team"] }), notFound.name, notFound.message);
});
