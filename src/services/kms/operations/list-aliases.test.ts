import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateAliasCommand, DescribeKeyCommand, paginateListAliases } from "@aws-sdk/client-kms";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { openKms } from "../kms.fixture.ts";

const own = `arn:aws:kms:us-east-1:${testAccount}`;
for (const database of databases()) {
  test(`ListAliases pages through names, with AWS's own aliases among them (${database.name})`, async () => {
    await using opened = await openKms(database);
    const key = (await opened.create()).id;
    for (const name of ["zz", "a", "aws-like", "b"]) {
      await opened.kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: key }));
    }
    await opened.kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/ssm" }));
    const pages: [string, boolean][][] = [];
    for await (const page of paginateListAliases({ client: opened.kms, pageSize: 2 }, {})) {
      pages.push(page.Aliases!.map((alias) => [alias.AliasName!, alias.TargetKeyId !== undefined]));
    }
    assert.deepEqual(pages, [
      [
        ["alias/a", true],
        ["alias/aws-like", true],
      ],
      [
        ["alias/aws/secretsmanager", false],
        ["alias/aws/ssm", true],
      ],
      [
        ["alias/b", true],
        ["alias/zz", true],
      ],
    ]);
  });
}

test("ListAliases of a key shows its own aliases, and refuses an alias in place of the key", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const [key, other] = [await opened.create(), await opened.create()];
  await kms.createAlias({ AliasName: "alias/a", TargetKeyId: key.id });
  await kms.createAlias({ AliasName: "alias/b", TargetKeyId: other.id });
  const { Aliases, Truncated } = await kms.listAliases({ KeyId: key.id });
  assert.deepEqual(
    Aliases?.map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId]),
    [["alias/a", key.id]],
  );
  assert.equal(Truncated, false);
  assert.deepEqual([asked.at(-1)?.action, asked.at(-1)?.resource], ["kms:ListAliases", "*"]);
  await assert.rejects(kms.listAliases({ KeyId: "alias/a" }), { name: "NotFoundException" });
  await assert.rejects(kms.listAliases({ KeyId: `${own}:alias/a` }), { name: "InvalidArnException" });
  await assert.rejects(kms.listAliases({ Marker: "x" }), { name: "InvalidMarkerException" });
});
