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
    const seen: [string, boolean][] = [];
    for await (const { Aliases = [] } of paginateListAliases({ client: opened.kms, pageSize: 2 }, {})) {
      assert.ok(Aliases.length <= 2);
      seen.push(...Aliases.map((alias): [string, boolean] => [alias.AliasName!, alias.TargetKeyId !== undefined]));
    }
    assert.deepEqual(
      seen.map(([name]) => name),
      seen.map(([name]) => name).sort(),
    );
    const predefined = seen.filter(([name]) => name.startsWith("alias/aws/"));
    assert.deepEqual(
      seen.filter((alias) => !predefined.includes(alias)),
      ["a", "aws-like", "b", "zz"].map((name) => [`alias/${name}`, true]),
    );
    assert.deepEqual(
      predefined.filter(([, hasKey]) => hasKey),
      [["alias/aws/ssm", true]],
    );
    assert.deepEqual(
      predefined.map(([name]) => name.slice("alias/aws/".length)),
      [
        ...["acm", "dynamodb", "ebs", "elasticfilesystem", "es", "glue", "kinesisvideo", "lambda", "rds", "redshift"],
        ...["s3", "secretsmanager", "ssm", "xray"],
      ],
    );
    const { KeyMetadata } = await opened.kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/ebs" }));
    assert.equal(KeyMetadata?.KeyManager, "AWS");
    assert.equal(KeyMetadata.Description, "Default key that protects my EBS volumes when no other key is defined");
    await assert.rejects(opened.kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/none" })), {
      name: "NotFoundException",
    });
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
