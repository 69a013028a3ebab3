import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

const resourceArn = "arn:aws:logs:us-east-1:111122223333:log-group:/app";

testLogs("TagResource adds tags and replaces those of the same keys", async ({ logs, asked }) => {
  await logs.createLogGroup({ logGroupName: "/app", tags: { a: "1", b: "2" } });
  asked.length = 0;
  await logs.tagResource({ resourceArn, tags: { b: "3", c: "4" } });
  assert.deepEqual(asked, [
    {
      action: "logs:TagResource",
      resource: resourceArn,
      conditions: {
        "aws:ResourceTag/a": "1",
        "aws:ResourceTag/b": "2",
        "aws:RequestTag/b": "3",
        "aws:RequestTag/c": "4",
        "aws:TagKeys": ["b", "c"],
      },
    },
  ]);
  assert.deepEqual({ ...(await logs.listTagsForResource({ resourceArn })).tags }, { a: "1", b: "3", c: "4" });
});

testLogs(
  "TagResource refuses a group that is not there, more than 50 tags, and other changes at the same time",
  async (setting) => {
    const { logs, onceAuthorised } = setting;
    await assertRefused(logs.tagResource({ resourceArn, tags: { a: "1" } }), "ResourceNotFoundException");
    await logs.createLogGroup({ logGroupName: "/app", tags: { z: "1" } });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, "v"]));
    await assertRefused(logs.tagResource({ resourceArn, tags: many }), "TooManyTagsException");
    onceAuthorised(() => logs.tagResource({ resourceArn, tags: { owner: "other" } }));
    await assertRefused(logs.tagResource({ resourceArn, tags: { a: "1" } }), "OperationAbortedException");
    await assertRefused(
      logs.tagResource({ resourceArn: "arn:aws:logs:us-east-1:111122223333:destination:a", tags: { a: "1" } }),
      "InvalidParameterException",
    );
  },
);
