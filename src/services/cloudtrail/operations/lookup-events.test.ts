import assert from "node:assert/strict";
import { test } from "node:test";
import { type LookupAttributeKey, LookupEventsCommand, paginateLookupEvents } from "@aws-sdk/client-cloudtrail";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { auditOver, callOf } from "../../../audit/audit.fixture.ts";
import type { EventDocument, ServiceEvent } from "../../../audit/index.ts";

const secret = { type: "AWS::SecretsManager::Secret", name: "arn:aws:secretsmanager:us-east-1:111122223333:secret:a" };

const role = (name: string) => {
  const ARN = `arn:aws:iam::111122223333:role/team/${name}`;
  return { resources: [{ accountId: "111122223333", type: "AWS::IAM::Role", ARN }] };
};

for (const kind of databases()) {
  async function open() {
    const database = await kind.open();
    const audit = auditOver(database);
    const { client, clock, events } = audit;
    /** A service's event. */
    const record = (name: string, overrides: Partial<ServiceEvent> = {}) =>
      events.record({
        account: testAccount,
        region: testRegion,
        service: "secretsmanager",
        time: clock.now(),
        name,
        resources: [secret],
        additionalData: { SecretId: secret.name },
        ...overrides,
      });
    /** A call's event. */
    const write = (name: string, overrides: Partial<EventDocument> = {}) =>
      events.write({ document: callOf(clock.now(), name, overrides) });
    const names = async (key: LookupAttributeKey, value: string) => {
      const LookupAttributes = [{ AttributeKey: key, AttributeValue: value }];
      const { Events } = await client.send(new LookupEventsCommand({ LookupAttributes }));
      return Events!.map(({ EventName }) => EventName);
    };
    return { ...audit, record, write, names, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`LookupEvents shows what a service recorded, newest first (${kind.name})`, async () => {
    await using setting = await open();
    const { client, clock, record } = setting;
    await record("RotationStarted");
    clock.advance(1000);
    await record("RotationFailed");
    await record("RotationFailed", { region: "eu-west-1" });
    const { Events: events } = await client.send(new LookupEventsCommand({}));
    assert.deepEqual(
      events!.map(({ EventName, EventSource, EventTime, ReadOnly, Resources }) => ({
        ...{ EventName, EventSource, EventTime, ReadOnly, Resources },
      })),
      ["RotationFailed", "RotationStarted"].map((EventName, index) => ({
        EventName,
        EventSource: "secretsmanager.amazonaws.com",
        EventTime: new Date(clock.now().getTime() - index * 1000),
        ReadOnly: "false",
        Resources: [{ ResourceType: secret.type, ResourceName: secret.name }],
      })),
    );
    const document = JSON.parse(events![0]!.CloudTrailEvent!);
    assert.equal(document.eventID, events![0]!.EventId);
    assert.deepEqual(
      [document.eventType, document.eventName, document.additionalEventData],
      ["AwsServiceEvent", "RotationFailed", { SecretId: secret.name }],
    );
  });

  test(`LookupEvents finds by each attribute and by time, page by page (${kind.name})`, async () => {
    await using setting = await open();
    const { client, clock, record } = setting;
    const start = clock.now();
    for (let index = 0; index < 7; index++) {
      await record(`Event${index % 2}`, index === 3 ? { resources: [] } : {});
      if (index % 3 === 0) clock.advance(1000);
    }
    const count = async (key: LookupAttributeKey, value: string) => (await setting.names(key, value)).length;
    assert.equal(await count("EventName", "Event1"), 3);
    assert.equal(await count("EventSource", "secretsmanager.amazonaws.com"), 7);
    assert.equal(await count("EventSource", "ssm.amazonaws.com"), 0);
    assert.equal(await count("ResourceName", secret.name), 6);
    assert.equal(await count("ResourceType", secret.type), 6);
    assert.equal(await count("ReadOnly", "false"), 7);
    assert.equal(await count("ReadOnly", "true"), 0);
    assert.equal(await count("Username", "root"), 0);
    const until = await client.send(new LookupEventsCommand({ EndTime: start }));
    assert.equal(until.Events!.length, 1);
    const ids = new Set<string>();
    let pages = 0;
    for await (const page of paginateLookupEvents({ client, pageSize: 2 }, {})) {
      pages++;
      for (const { EventId } of page.Events!) ids.add(EventId!);
    }
    assert.deepEqual([pages, ids.size], [4, 7]);
  });

  test(`LookupEvents forgets after ninety days (${kind.name})`, async () => {
    await using setting = await open();
    const { client, clock, events, record } = setting;
    await record("Old");
    clock.advance(90 * 24 * 60 * 60 * 1000 + 1);
    await record("New");
    const names = async () =>
      (await client.send(new LookupEventsCommand({}))).Events!.map(({ EventName }) => EventName);
    assert.deepEqual(await names(), ["New"]);
    await events.purge();
    assert.deepEqual(await names(), ["New"]);
  });

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

test("LookupEvents refuses what it cannot look for", async () => {
  const [kind] = databases();
  await using database = await kind!.open();
  const { client } = auditOver(database);
  const attribute = { AttributeKey: "EventName" as const, AttributeValue: "x" };
  const cases = [
    [{ LookupAttributes: [attribute, attribute] }, "InvalidLookupAttributesException"],
    [{ StartTime: new Date(2000), EndTime: new Date(1000) }, "InvalidTimeRangeException"],
    [{ NextToken: "nonsense" }, "InvalidNextTokenException"],
    [{ MaxResults: 51 }, "ValidationException"],
  ] as const;
  for (const [input, name] of cases) {
    await assert.rejects(client.send(new LookupEventsCommand(input as object)), { name });
  }
});

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
