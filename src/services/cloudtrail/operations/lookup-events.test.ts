import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { CloudTrailClient, LookupEventsCommand, paginateLookupEvents } from "@aws-sdk/client-cloudtrail";
import { databases } from "../../../../test/support/databases.ts";
import { inProcess, testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { eventStore, type ServiceEvent } from "../../../audit/index.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import { cloudTrailService } from "../index.ts";

const secret = { type: "AWS::SecretsManager::Secret", name: "arn:aws:secretsmanager:us-east-1:111122223333:secret:a" };

for (const kind of databases()) {
  async function open() {
    const database = await kind.open();
    const clock = fakeClock();
    const events = eventStore({ database, keyring: keyring(randomBytes(32)), clock, ids: randomIds });
    const client = new CloudTrailClient(inProcess([cloudTrailService({ events })], { clock }));
    async function record(name: string, overrides: Partial<ServiceEvent> = {}) {
      const event = { account: testAccount, region: testRegion, service: "secretsmanager", time: clock.now() };
      await events.record({
        ...event,
        name,
        resources: [secret],
        additionalData: { SecretId: secret.name },
        ...overrides,
      });
    }
    return { client, clock, events, record, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
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
    const count = async (
      AttributeKey: "EventName" | "EventSource" | "ResourceName" | "ResourceType" | "ReadOnly" | "Username",
      AttributeValue: string,
    ) =>
      (await client.send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey, AttributeValue }] }))).Events!
        .length;
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
}

test("LookupEvents refuses what it cannot look for", async () => {
  const [kind] = databases();
  await using database = await kind!.open();
  const clock = fakeClock();
  const events = eventStore({ database, keyring: keyring(randomBytes(32)), clock, ids: randomIds });
  const client = new CloudTrailClient(inProcess([cloudTrailService({ events })], { clock }));
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
