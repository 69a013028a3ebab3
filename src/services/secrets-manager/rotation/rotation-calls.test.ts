import assert from "node:assert/strict";
import { test } from "node:test";
import { openAuthorizedPlane } from "../../../../test/support/authorized-plane.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { fakeTimers } from "../../../concurrency/timers.ts";
import type { AuditCall } from "../../../front-door/audit-call.ts";
import { testRotation } from "./rotation.fixture.ts";
import { rotator } from "./rotator.ts";

const RotationLambdaARN = "sealift:rotate-password";
const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

testRotation("The built-in function's calls are events of the account's root user", async (setting) => {
  const { eventsIn, rotate, rotateDue, value } = setting;
  const { VersionId: token, ARN: arn } = await rotate({ RotationLambdaARN });
  await rotateDue();
  const password = (await value())!;
  const events = await eventsIn();
  const secretId = arn!;
  const pending = { secretId, versionId: token, versionStage: "AWSPENDING" };
  assert.deepEqual(
    events.map(({ eventName, errorCode, readOnly, requestParameters, responseElements }) => {
      return [eventName, errorCode, readOnly, requestParameters, responseElements];
    }),
    [
      ["RotationStarted", undefined, false, null, null],
      ["GetSecretValue", "ResourceNotFoundException", true, pending, null],
      ["GetSecretValue", undefined, true, { secretId, versionStage: "AWSCURRENT" }, null],
      ["DescribeSecret", undefined, true, { secretId }, null],
      ["GetRandomPassword", undefined, true, { passwordLength: 32, excludeCharacters: "/@\"'\\" }, null],
      [
        ...["PutSecretValue", undefined, false],
        { secretId, clientRequestToken: token, secretString: hidden, versionStages: ["AWSPENDING"] },
        { arn, name: "s", versionId: token, versionStages: ["AWSPENDING"] },
      ],
      ["GetSecretValue", undefined, true, pending, null],
      ["DescribeSecret", undefined, true, { secretId }, null],
      [
        ...["UpdateSecretVersionStage", undefined, false],
        {
          ...{ secretId, versionStage: "AWSCURRENT" },
          ...{ removeFromVersionId: "o".repeat(32), moveToVersionId: token },
        },
        { arn, name: "s" },
      ],
      ["RotationSucceeded", undefined, false, null, null],
    ],
  );
  const secretsManager = "secretsmanager.amazonaws.com";
  const root = { type: "Root", principalId: testAccount, arn: `arn:aws:iam::${testAccount}:root` };
  for (const event of events.filter(({ eventType }) => eventType === "AwsApiCall")) {
    const { userIdentity, sourceIPAddress, userAgent, eventSource, awsRegion, recipientAccountId } = event;
    assert.deepEqual(userIdentity, { ...root, accountId: testAccount, invokedBy: secretsManager });
    assert.deepEqual([sourceIPAddress, userAgent, eventSource], Array(3).fill(secretsManager));
    assert.deepEqual([awsRegion, recipientAccountId], [testRegion, testAccount]);
  }
  const json = JSON.stringify(events);
  assert.deepEqual([password.length, json.includes(password), json.includes('"old"')], [32, false, false]);
});

for (const kind of databases()) {
  test(`A call of the built-in function that is denied is an event with what decided (${kind.name})`, async () => {
    await using opened = await openAuthorizedPlane(kind);
    const { secrets, cloudtrail } = opened.clientsOf();
    await secrets.createSecret({ Name: "db", SecretString: "old" });
    const Statement = { Effect: "Deny", Principal: "*", Action: "secretsmanager:PutSecretValue", Resource: "*" };
    const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement });
    await secrets.putResourcePolicy({ SecretId: "db", ResourcePolicy });
    await secrets.rotateSecret({ SecretId: "db", RotationLambdaARN });
    await opened.plane.rotator.rotateDue();
    const LookupAttributes = [{ AttributeKey: "EventName", AttributeValue: "PutSecretValue" } as const];
    const { Events } = await cloudtrail.lookupEvents({ LookupAttributes });
    const [event, ...more] = Events!.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent!));
    const { effect, by } = event.additionalEventData.decision;
    assert.deepEqual([event.errorCode, effect, by, more.length], ["AccessDenied", "explicit-deny", "resource", 0]);
    assert.equal((await secrets.getSecretValue({ SecretId: "db" })).SecretString, "old");
  });
}

testRotation("The built-in function gets nothing that could not be written down", async (setting) => {
  const { context, events, clock, rotate, reported, describe, value } = setting;
  const audit: AuditCall = async ({ operation, output }) => {
    if (operation === "GetSecretValue" && output !== undefined) throw new Error("disk full");
  };
  const errors: unknown[] = [];
  const { rotateDue } = rotator({
    ...{ context: { ...context, audit }, events, clock, timers: fakeTimers() },
    onError: (error) => errors.push(error),
    onEvent: ({ name }) => reported.push(name),
  });
  const { VersionId } = await rotate({ RotationLambdaARN });
  await rotateDue();
  assert.deepEqual(reported, ["RotationStarted", "RotationFailed"]);
  assert.match(String(errors), /^Error: disk full$/);
  assert.equal(await value(), "old");
  assert.deepEqual((await describe()).VersionIdsToStages![VersionId!], ["AWSPENDING"]);
});
