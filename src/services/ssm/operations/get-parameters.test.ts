import assert from "node:assert/strict";
import { GetParametersCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { assertRefused, fill, replaceParameter, testParameters } from "../ssm.fixture.ts";

const arn = "arn:aws:ssm:us-east-1:111122223333:parameter";

testParameters("GetParameters answers in the order of names and lists what is not there", async (setting) => {
  await fill(setting);
  const Names = ["c", "/missing", "/a/b:prod", "/a/b:9", "/a/b", "c", `${arn}/c`];
  const { Parameters = [], InvalidParameters } = await setting.client.send(new GetParametersCommand({ Names }));
  assert.deepEqual(
    Parameters.map(({ Name, Selector, Value }) => [Name, Selector, Value]),
    [
      ["/a/b", ":prod", "two"],
      ["/a/b", undefined, "three"],
      ["c", undefined, "sea"],
      ["c", undefined, "sea"],
    ],
  );
  assert.deepEqual(InvalidParameters, ["/missing", "/a/b:9"]);
});

testParameters("GetParameters needs access to every name and at most 10 of them", async (setting) => {
  await fill(setting);
  const { client, state } = setting;
  state.deny = ({ action, resource }) => (resource.endsWith("/missing") ? `no ${action}` : undefined);
  const get = (...Names: string[]) => client.send(new GetParametersCommand({ Names }));
  await assertRefused(get("c", "/missing"), "AccessDeniedException", "no ssm:GetParameters");
  await assertRefused(
    get(...Array.from({ length: 11 }, (_, index) => `n${index}`)),
    "ValidationException",
    /at 'names'/,
  );
  await assertRefused(get("c", "a b"), "ValidationException", /^Parameter name/);
});

testParameters("GetParameters reads what was authorised", async (setting) => {
  const { client, onceAuthorised } = setting;
  for (const Value of ["one", "two"]) {
    await client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value, Overwrite: true }));
  }
  onceAuthorised("ssm:GetParameters", () => replaceParameter(setting));
  const { Parameters, InvalidParameters } = await client.send(
    new GetParametersCommand({ Names: ["/a", "/a:1", "/late"] }),
  );
  assert.deepEqual(
    Parameters?.map(({ Value }) => Value),
    ["two", "one"],
  );
  assert.deepEqual(InvalidParameters, ["/late"]);
});

testParameters("GetParameters names another account's parameter by the ARN that was asked for", async (setting) => {
  await fill(setting);
  const { client, state } = setting;
  const account = "444455556666";
  state.principal = { kind: "root", arn: `arn:aws:iam::${account}:root`, account, userId: account, accessKeyId: "A" };
  const { Parameters = [] } = await client.send(new GetParametersCommand({ Names: [`${arn}/c`, `${arn}/a/b:prod`] }));
  assert.deepEqual(
    Parameters.map(({ Name, Selector, Value }) => [Name, Selector, Value]),
    [
      [`${arn}/a/b`, ":prod", "two"],
      [`${arn}/c`, undefined, "sea"],
    ],
  );
});
