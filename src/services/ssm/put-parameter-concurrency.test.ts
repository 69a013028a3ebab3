import assert from "node:assert/strict";
import { GetParameterCommand, GetParameterHistoryCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { testParameters } from "./test-support.fixture.ts";

testParameters("200 parallel PutParameter on one name give 200 versions without gaps", async ({ client }) => {
  const put = (index: number) =>
    client.send(new PutParameterCommand({ Name: "/a", Value: `v${index}`, Type: "SecureString", Overwrite: true }));
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => put(index)));
  const versions = answers.map(({ Version }) => Version!);
  assert.deepEqual(
    versions.toSorted((one, other) => one - other),
    Array.from({ length: 200 }, (_, index) => index + 1),
  );
  const { Parameter } = await client.send(new GetParameterCommand({ Name: "/a", WithDecryption: true }));
  assert.deepEqual([Parameter?.Version, Parameter?.Value], [200, `v${versions.indexOf(200)}`]);
  const kept: number[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetParameterHistoryCommand({ Name: "/a", WithDecryption: true, NextToken }));
    for (const { Version, Value } of page.Parameters!) {
      assert.equal(Value, `v${versions.indexOf(Version!)}`);
      kept.push(Version!);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  assert.deepEqual(
    kept,
    Array.from({ length: 100 }, (_, index) => index + 101),
  );
});
