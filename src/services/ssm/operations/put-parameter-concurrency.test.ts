import assert from "node:assert/strict";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, replaceParameter, tagParameter, testParameters } from "../ssm.fixture.ts";

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

testParameters("PutParameter seals for the tier that is stored, also where it changes meanwhile", async (setting) => {
  const { client, encryption } = setting;
  const { encrypt } = encryption;
  const put = (more: object) =>
    client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "SecureString", Overwrite: true, ...more }));
  const sealed: (boolean | undefined)[] = [];
  let meanwhile: (() => Promise<unknown>) | undefined;
  encryption.encrypt = async (call, request) => {
    const work = meanwhile;
    meanwhile = undefined;
    await work?.();
    sealed.push(request.envelope);
    return encrypt(call, request);
  };
  await put({});
  meanwhile = () => put({ Tier: "Advanced", Value: "w" });
  const { Version, Tier } = await put({ Value: "x" });
  assert.deepEqual([Version, Tier], [3, "Advanced"]);
  assert.deepEqual(sealed, [false, true, false, true]);
  // Sealed as a SecureString, and then the parameter is another one.
  meanwhile = async () => {
    await client.send(new DeleteParameterCommand({ Name: "/a" }));
    await put({ Type: "String", Value: "plain" });
  };
  assert.equal((await put({ Type: undefined, Value: "y" })).Version, 2);
  const { Parameter } = await client.send(new GetParameterCommand({ Name: "/a" }));
  assert.deepEqual([Parameter?.Type, Parameter?.Value], ["String", "y"]);
  await put({ Name: "/b" });
  meanwhile = () => client.send(new DeleteParameterCommand({ Name: "/b" }));
  await assertRefused(put({ Name: "/b", Type: undefined }), "ValidationException", /type is required/);
});

testParameters("PutParameter gives up on a parameter that changes its tier again and again", async (setting) => {
  const { client, encryption } = setting;
  const { encrypt } = encryption;
  const put = (more: object) =>
    client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "SecureString", Overwrite: true, ...more }));
  await put({});
  let isOuter = true;
  let advanced = true;
  encryption.encrypt = async (call, request) => {
    if (isOuter) {
      isOuter = false;
      await client.send(new DeleteParameterCommand({ Name: "/a" }));
      await put({ Tier: advanced ? "Advanced" : "Standard" });
      advanced = !advanced;
      isOuter = true;
    }
    return encrypt(call, request);
  };
  await assertRefused(put({}), "TooManyUpdates");
});

testParameters("PutParameter obeys a pattern that the parameter gets meanwhile", async ({ client, encryption }) => {
  const { encrypt } = encryption;
  const put = (more: object) =>
    client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "SecureString", Overwrite: true, ...more }));
  await put({});
  let isOuter = true;
  encryption.encrypt = async (call, request) => {
    if (isOuter) {
      isOuter = false;
      await put({ AllowedPattern: "v+" });
    }
    return encrypt(call, request);
  };
  await assertRefused(put({ Value: "w" }), "ParameterPatternMismatchException");
  assert.equal((await put({ Value: "vv" })).Version, 3);
});

testParameters("PutParameter is refused if policies might decide otherwise by now", async (setting) => {
  const { client, onceAuthorised } = setting;
  const put = (more: object = {}) =>
    client.send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Overwrite: true, ...more }));
  const Tags = [{ Key: "team", Value: "red" }];
  onceAuthorised("ssm:PutParameter", () => put({ Overwrite: false, Value: "theirs", Tags }));
  await assertRefused(put(), "TooManyUpdates");
  onceAuthorised("ssm:PutParameter", () => replaceParameter(setting));
  await assertRefused(put(), "TooManyUpdates");
  onceAuthorised("ssm:PutParameter", () => tagParameter(setting));
  await assertRefused(put(), "TooManyUpdates");
  const Policies = JSON.stringify([
    { Type: "Expiration", Version: "1.0", Attributes: { Timestamp: "2030-01-01T00:00:00.000Z" } },
  ]);
  onceAuthorised("ssm:PutParameter", () => put({ Tier: "Advanced", Value: "with policies", Policies }));
  await assertRefused(put(), "TooManyUpdates");
  const { Parameter } = await client.send(new GetParameterCommand({ Name: "/a" }));
  assert.equal(Parameter?.Value, "with policies");
  onceAuthorised("ssm:PutParameter", () => put({ Name: "/b", Overwrite: false, Tags }));
  await assertRefused(put({ Name: "/b", Overwrite: false }), "ParameterAlreadyExists");
});
