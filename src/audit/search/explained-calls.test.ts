import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { randomIds } from "../../ids.ts";
import { auditOver, callOf } from "../audit.fixture.ts";
import type { EventDocument } from "../event/event.ts";
import { explainedCalls, type Subject } from "../index.ts";

const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf";
const ofSecret = { resources: [{ accountId: "111122223333", type: "AWS::SecretsManager::Secret", ARN: arn }] };

for (const kind of databases()) {
  test(`explainedCalls finds denials by resource and session among many, newest first, and calls by request (${kind.name})`, async () => {
    await using database = await kind.open();
    const { clock, events } = auditOver(database);
    const write = (name: string, overrides: Partial<EventDocument> = {}, decision?: object) =>
      events.write({ document: callOf(clock.now(), name, overrides), ...(decision && { decision }) });
    const denial = { trace: { kind: "denial" } };
    const session = { type: "AssumedRole", principalId: "AROAX:task-1" };
    await write("First", ofSecret, denial);
    await write("Allowed", ofSecret);
    clock.advance(1_000);
    // Many in one slot, and in the next ones: several pages of each.
    for (let slot = 0; slot < 3; slot++) {
      const others = Array.from({ length: 250 }, (_, index) => write(`Other${slot}x${index}`, {}, denial));
      await Promise.all([...others, write(`OfTask${slot}`, { userIdentity: session }, denial)]);
      clock.advance(20);
    }
    await write("AssumeRole", { requestParameters: { roleSessionName: "task-1" } }, denial);
    await write("Last", ofSecret, denial);
    const requestID = randomIds.timedUuid(clock.now());
    await write("Asked", { requestID });

    const names = async (asked: Subject, limit: number) =>
      (await explainedCalls(database.db, asked, limit)).map(({ event }) => event.eventName);
    assert.deepEqual(await names({ kind: "resource", arn }, 10), ["Last", "First"]);
    assert.deepEqual(await names({ kind: "resource", arn }, 1), ["Last"]);
    assert.deepEqual(await names({ kind: "resource", arn: arn.slice(0, -1) }, 10), []);
    const ofTask = await names({ kind: "session", name: "task-1" }, 10);
    assert.deepEqual(ofTask, ["AssumeRole", "OfTask2", "OfTask1", "OfTask0"]);
    assert.deepEqual(await names({ kind: "request", id: requestID }, 10), ["Asked"]);
  });
}
