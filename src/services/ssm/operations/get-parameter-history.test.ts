import assert from "node:assert/strict";
import { GetParameterHistoryCommand, PutParameterCommand, paginateGetParameterHistory } from "@aws-sdk/client-ssm";
import { assertRefused, fillVersions, replaceParameter, testParameters } from "../ssm.fixture.ts";

testParameters("GetParameterHistory shows every version, the oldest first, in pages", async (setting) => {
  await fillVersions(setting, 5);
  const found: unknown[] = [];
  for await (const page of paginateGetParameterHistory({ client: setting.client }, { Name: "a", MaxResults: 2 })) {
    found.push(page.Parameters?.map(({ Version, Value }) => [Version, Value]));
  }
  assert.deepEqual(found, [
    [
      [1, "1"],
      [2, "2"],
    ],
    [
      [3, "3"],
      [4, "4"],
    ],
    [[5, "5"]],
  ]);
  const history = (Name: string, NextToken?: string) =>
    setting.client.send(new GetParameterHistoryCommand({ Name, NextToken }));
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
  assert.equal((await history(arn)).Parameters?.length, 5);
  await assertRefused(history("a", "x"), "InvalidNextToken");
  await assertRefused(history("b"), "ParameterNotFound");
  await assertRefused(history("a:1"), "ValidationException", /^Parameter name/);
});

testParameters("GetParameterHistory shows what was authorised", async (setting) => {
  const { client, onceAuthorised } = setting;
  for (const Value of ["one", "two"]) {
    await client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value, Overwrite: true }));
  }
  onceAuthorised("ssm:GetParameterHistory", () => replaceParameter(setting));
  const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name: "/a" }));
  assert.deepEqual(
    Parameters?.map(({ Value }) => Value),
    ["one", "two"],
  );
});
