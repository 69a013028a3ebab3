import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openKms } from "../kms.fixture.ts";

const own = `arn:aws:kms:us-east-1:${testAccount}`;

test("DeleteAlias takes the name from its key, which keeps its other names", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const { id: TargetKeyId, arn } = await opened.create();
  for (const AliasName of ["alias/a", "alias/b"]) await kms.createAlias({ AliasName, TargetKeyId });
  await kms.deleteAlias({ AliasName: "alias/a" });
  assert.deepEqual(
    asked.slice(-2).map(({ action, resource }) => [action, resource]),
    [
      ["kms:DeleteAlias", `${own}:alias/a`],
      ["kms:DeleteAlias", arn],
    ],
  );
  const { Aliases } = await kms.listAliases({ KeyId: TargetKeyId });
  assert.deepEqual(
    Aliases?.map(({ AliasName }) => AliasName),
    ["alias/b"],
  );
});

test("DeleteAlias refuses an alias that is not there, and AWS's own", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  await assert.rejects(kms.deleteAlias({ AliasName: "alias/a" }), {
    name: "NotFoundException",
    message: `Alias ${own}:alias/a is not found.`,
  });
  await assert.rejects(kms.deleteAlias({ AliasName: "alias/aws/ssm" }), { name: "NotAuthorizedException" });
});
