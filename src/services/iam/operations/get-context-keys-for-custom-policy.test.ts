import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, document, openIam } from "../iam.fixture.ts";

test("GetContextKeysForCustomPolicy lists keys of conditions and of variables once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const policy = document(
    allow("*", {
      Resource: "arn:aws:s3:::home/${aws:username}/*",
      Condition: { StringLike: { "s3:prefix": "${aws:UserId}" }, DateLessThan: { "AWS:CurrentTime": "2035-01-01" } },
    }),
    allow("*", { Condition: { DateGreaterThan: { "aws:currenttime": "2020-01-01" } } }),
  );
  const { ContextKeyNames: names } = await iam.getContextKeysForCustomPolicy({ PolicyInputList: [policy] });
  assert.deepEqual(names, ["s3:prefix", "AWS:CurrentTime", "aws:username", "aws:UserId"]);
  await assert.rejects(iam.getContextKeysForCustomPolicy({ PolicyInputList: ["[]"] }), {
    name: "InvalidInputException",
  });
});
