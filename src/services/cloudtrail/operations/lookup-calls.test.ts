import assert from "node:assert/strict";
import { test } from "node:test";
import { type LookupAttributeKey, LookupEventsCommand, paginateLookupEvents } from "@aws-sdk/client-cloudtrail";
import { databases } from "../../../../test/support/databases.ts";
import { auditOver, callOf } from "../../../audit/audit.fixture.ts";
import type { EventDocument } from "../../../audit/event/event.ts";

const role = (name: string) => {
  const ARN = `arn:aws:iam::111122223333:role/team/${name}`;
  return { resources: [{ accountId: "111122223333", type: "AWS::IAM::Role", ARN }] };
};

for (const kind of databases()) {
  async function open() {
    const database = await kind.open();
    const audit = auditOver(database);
    const write = (name: string, overrides: Partial<EventDocument> = {}) =>
      audit.events.write({ document: callOf(audit.clock.now(), name, overrides) });
    const names = async (key: LookupAttributeKey, value: string) => {
      const LookupAttributes = [{ AttributeKey: key, AttributeValue: value }];
      const { Events } = await audit.client.send(new LookupEventsCommand({ LookupAttributes }));
      return Events!.map(({ EventName }) => EventName);
    };
    return { ...audit, write, names, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`LookupEvents finds calls by every attribute (${kind.name})`, async () => {
    await using setting = await open();
    const { client, clock, write, names } = setting;
    await write("GetRole", role("web"));
    await write("CreateRole", { readOnly: false, ...role("web") });
    clock.advance(5_000);
    const session = { type: "AssumedRole", principalId: "AROAX:task-1", accessKeyId: "ASIATASK" };
    await write("GetParameter", { userIdentity: session, eventSource: "ssm.amazonaws.com" });
    await write("GetRole", { userIdentity: { type: "Root", principalId: "111122223333" }, ...role("other") });
    await write("GetRole", { awsRegion: "eu-west-1" });
    await write("GetRole", { recipientAccountId: "444455556666" });
    assert.deepEqual(await names("EventName", "GetRole"), ["GetRole", "GetRole"]);
    assert.deepEqual(await names("EventSource", "ssm.amazonaws.com"), ["GetParameter"]);
    assert.deepEqual(await names("ReadOnly", "false"), ["CreateRole"]);
    assert.deepEqual(await names("ReadOnly", "true"), ["GetRole", "GetParameter", "GetRole"]);
    assert.deepEqual(await names("Username", "bob"), ["CreateRole", "GetRole"]);
    assert.deepEqual(await names("Username", "task-1"), ["GetParameter"]);
    assert.deepEqual(await names("Username", "root"), ["GetRole"]);
    assert.deepEqual(await names("AccessKeyId", "ASIATASK"), ["GetParameter"]);
    assert.deepEqual(await names("ResourceType", "AWS::IAM::Role"), ["GetRole", "CreateRole", "GetRole"]);
    for (const value of ["web", "team/web", role("web").resources[0]!.ARN]) {
      assert.deepEqual(await names("ResourceName", value), ["CreateRole", "GetRole"], value);
    }
    for (const value of ["none", "we", "\0", "%", "x".repeat(1_900)]) {
      assert.deepEqual(await names("ResourceName", value), []);
      assert.deepEqual(await names("EventId", value), []);
    }
    const { Events: all } = await client.send(new LookupEventsCommand({}));
    assert.equal(all!.length, 4);
    for (const { EventId, EventName } of all!) assert.deepEqual(await names("EventId", EventId!), [EventName]);
    const { Username, AccessKeyId, ReadOnly } = all!.find(({ EventName }) => EventName === "GetParameter")!;
    assert.deepEqual([Username, AccessKeyId, ReadOnly], ["task-1", "ASIATASK", "true"]);
  });

  test(`LookupEvents pages through what an attribute finds, in order, seconds with many events included (${kind.name})`, async () => {
    await using setting = await open();
    const { client, clock, write } = setting;
    const expected: string[] = [];
    for (let second = 0; second < 3; second++) {
      for (let index = 0; index < 250; index++) {
        const userName = index % 5 === 0 ? "rare" : "often";
        const name = `Get${second}x${index}`;
        await write(name, { userIdentity: { type: "IAMUser", userName } });
        if (userName === "rare") expected.unshift(name);
      }
      clock.advance(second === 1 ? 60_000 : 1_000);
    }
    const LookupAttributes = [{ AttributeKey: "Username", AttributeValue: "rare" } as const];
    const found: string[] = [];
    for await (const { Events } of paginateLookupEvents({ client, pageSize: 7 }, { LookupAttributes })) {
      found.push(...Events!.map(({ EventName }) => EventName!));
    }
    assert.deepEqual(found, expected);
    const start = clock.now().getTime();
    const between = { StartTime: new Date(start - 61_500), EndTime: new Date(start - 61_000) };
    const { Events } = await client.send(new LookupEventsCommand({ LookupAttributes, ...between }));
    assert.ok(Events!.length === 50 && Events!.every(({ EventName }) => EventName!.startsWith("Get1")));
  });

  test(`LookupEvents keeps what no column can hold, and finds it (${kind.name})`, async () => {
    await using setting = await open();
    const ARN = `arn:aws:secretsmanager:us-east-1:111122223333:secret:nul\0and\ud800${"y".repeat(3_000)}`;
    const resources = [{ accountId: "111122223333", type: "AWS::SecretsManager::Secret", ARN }];
    await setting.write("GetSecretValue", { resources, userIdentity: { userName: "a\0b", accessKeyId: "\0" } });
    assert.deepEqual(await setting.names("ResourceType", "AWS::SecretsManager::Secret"), ["GetSecretValue"]);
    assert.deepEqual(await setting.names("Username", "a\0b"), ["GetSecretValue"]);
    await setting.write("GetUser", { userIdentity: { userName: "half\ud800" } });
    assert.deepEqual(await setting.names("Username", "half\ud800"), ["GetUser"]);
  });

  test(`LookupEvents finds a user who is called as if nobody were (${kind.name})`, async () => {
    await using setting = await open();
    await setting.write("GetRole", { userIdentity: { type: "Unknown" } });
    await setting.write("GetRole", { userIdentity: { type: "WebIdentityUser", userName: "undefined" } });
    assert.deepEqual(await setting.names("Username", "undefined"), ["GetRole"]);
  });

  test(`LookupEvents refuses a token that names no event (${kind.name})`, async () => {
    await using setting = await open();
    await setting.write("A");
    await setting.write("A");
    const LookupAttributes = [{ AttributeKey: "EventName", AttributeValue: "A" } as const];
    const { NextToken } = await setting.client.send(new LookupEventsCommand({ LookupAttributes, MaxResults: 1 }));
    const [, question] = JSON.parse(Buffer.from(NextToken!, "base64url").toString());
    const forged = Buffer.from(JSON.stringify(["-".repeat(36), question])).toString("base64url");
    await assert.rejects(setting.client.send(new LookupEventsCommand({ LookupAttributes, NextToken: forged })), {
      name: "InvalidNextTokenException",
    });
  });
}

test("LookupEvents takes a token only with the question that it was given for, and no value that is too long", async () => {
  const [kind] = databases();
  await using database = await kind!.open();
  const { client, clock, events } = auditOver(database);
  for (const name of ["A", "B"]) await events.write({ document: callOf(clock.now(), name) });
  const { NextToken } = await client.send(new LookupEventsCommand({ MaxResults: 1 }));
  const { Events } = await client.send(new LookupEventsCommand({ MaxResults: 2, NextToken }));
  assert.deepEqual(
    Events!.map(({ EventName }) => EventName),
    ["A"],
  );
  const LookupAttributes = [{ AttributeKey: "Username", AttributeValue: "bob" } as const];
  const other = client.send(new LookupEventsCommand({ LookupAttributes, NextToken }));
  await assert.rejects(other, { name: "InvalidNextTokenException" });
  const long = [{ AttributeKey: "Username", AttributeValue: "_".repeat(1_001) } as const];
  await assert.rejects(client.send(new LookupEventsCommand({ LookupAttributes: long })), {
    name: "InvalidLookupAttributesException",
  });
});
