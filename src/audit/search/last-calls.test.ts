import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { testAccount } from "../../../test/support/in-process.ts";
import { auditOver, callOf } from "../audit.fixture.ts";
import type { EventDocument, UserIdentity } from "../event/event.ts";
import { lastCalls } from "../index.ts";

const user = (id: string): UserIdentity => ({ type: "IAMUser", principalId: id, userName: "bob" });
const session = (type: string, principalId: string, issuer: string): UserIdentity => {
  return { type, principalId, sessionContext: { sessionIssuer: { type: "Role", principalId: issuer } } };
};

for (const kind of databases()) {
  test(`lastCalls finds the last call of each principal to each operation, in every region (${kind.name})`, async () => {
    await using database = await kind.open();
    const { events, clock } = auditOver(database);
    const begin = clock.now().getTime();
    const write = (name: string, userIdentity: UserIdentity, more: Partial<EventDocument> = {}) =>
      events.write({ document: callOf(clock.now(), name, { userIdentity, ...more }) });
    const kms = { eventSource: "kms.amazonaws.com" };
    await write("GetRole", user("AIDAB"), { errorCode: "AccessDenied" });
    await write("Decrypt", session("AssumedRole", "AROAX:task", "AROAX"), kms);
    await write("Decrypt", session("FederatedUser", "111122223333:guest", "AIDAB"), kms);
    await write("GetRole", { type: "Root", principalId: testAccount });
    await write("AssumeRole", { type: "AWSService", invokedBy: "ecs-tasks.amazonaws.com" });
    await write("Sign", user("AIDAB"), { ...kms, recipientAccountId: "444455556666" });
    await write("GetUser", user("AIDAC"), {
      requestParameters: { principalId: "AIDAB", userName: '"principalId":"AIDAB"' },
    });
    // More rows than are read at a time, a region's before and another's behind.
    for (let time = 0; time < 250; time++) {
      clock.advance(20);
      await write("Verify", user("AIDAB"), { ...kms, awsRegion: time === 100 ? "ap-south-1" : "us-east-1" });
      if (time === 200) await write("GetRole", user("AIDAB"), { awsRegion: "us-west-2" });
    }
    clock.advance(20);
    const until = clock.now();
    clock.advance(1);
    await write("Verify", user("AIDAB"), kms);

    const found = await lastCalls(database.db, testAccount, ["AIDAB", "AROAX", "AIDANONE"], until);
    assert.deepEqual(
      found
        .map(({ principalId, service, action, region, at }) => {
          return `${principalId} ${service}:${action} ${region} ${at.getTime() - begin}`;
        })
        .sort(),
      [
        "AIDAB iam:GetRole us-west-2 4020",
        "AIDAB kms:Decrypt us-east-1 0",
        "AIDAB kms:Verify us-east-1 5000",
        "AROAX kms:Decrypt us-east-1 0",
      ],
    );
    assert.deepEqual(await lastCalls(database.db, testAccount, [], until), []);
  });
}
