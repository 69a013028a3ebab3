import assert from "node:assert/strict";
import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, copyParameter, type Setting, testParameters } from "../ssm.fixture.ts";

const hour = 60 * 60 * 1000;
const day = 24 * hour;
/** The fake clock starts at 2026-01-02T03:04:05Z. */
const expiration = { Type: "Expiration", Version: "1.0", Attributes: { Timestamp: "2026-01-12T03:04:05.000Z" } };
const warning = { Type: "ExpirationNotification", Version: "1.0", Attributes: { Before: "3", Unit: "Days" } };
const unchanged = { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "20", Unit: "Hours" } };

function put({ client }: Setting, policies: readonly object[] | undefined, more: object = {}) {
  const Policies = policies && JSON.stringify(policies);
  return client.send(
    new PutParameterCommand({ Name: "/a", Value: "v", Type: "String", Tier: "Advanced", Policies, ...more }),
  );
}

async function policiesOf({ client }: Setting) {
  const { Parameters } = await client.send(new DescribeParametersCommand({}));
  return Parameters![0]?.Policies?.map(({ PolicyText, PolicyType, PolicyStatus }) => ({
    text: JSON.parse(PolicyText!),
    type: PolicyType,
    status: PolicyStatus,
  }));
}

async function notices(setting: Setting) {
  return (await notified(setting)).map((data) => data["policy-type"]);
}

async function notified({ events }: Setting): Promise<Record<string, string>[]> {
  const found = await events.find({
    ...{ account: "111122223333", region: "us-east-1", from: undefined, to: undefined, after: undefined, limit: 100 },
    attribute: undefined,
  });
  return found.map(({ document }) => JSON.parse(document).additionalEventData).reverse();
}

testParameters("PutParameter keeps a parameter's policies until it is given others", async (setting) => {
  await put(setting, [expiration, warning, unchanged]);
  const all = [expiration, warning, unchanged].map((text) => ({ text, type: text.Type, status: "Pending" }));
  assert.deepEqual(await policiesOf(setting), all);
  await put(setting, undefined, { Overwrite: true });
  assert.deepEqual(await policiesOf(setting), all);
  await put(setting, [unchanged], { Overwrite: true });
  assert.deepEqual(await policiesOf(setting), all.slice(2));
  for (const none of [[], [{}]]) {
    await put(setting, [unchanged], { Overwrite: true });
    await put(setting, none, { Overwrite: true });
    assert.deepEqual(await policiesOf(setting), []);
  }
  const { Parameters } = await setting.client.send(new GetParameterHistoryCommand({ Name: "/a" }));
  assert.deepEqual(
    Parameters!.map(({ Policies }) => Policies!.length),
    [3, 3, 1, 1, 0, 1, 0],
  );
});

testParameters("PutParameter refuses policies that AWS refuses", async (setting) => {
  const cases: readonly (readonly [readonly object[], string])[] = [
    [[{ ...expiration, Type: "Deletion" }], "InvalidPolicyTypeException"],
    [[{ ...expiration, Version: "2.0" }], "InvalidPolicyAttributeException"],
    [[{ ...expiration, Attributes: { Timestamp: "tomorrow" } }], "InvalidPolicyAttributeException"],
    [[{ ...expiration, Attributes: { Timestamp: "2026-02-30T99:00:00Z" } }], "InvalidPolicyAttributeException"],
    [[{ ...expiration, Attributes: null }], "InvalidPolicyAttributeException"],
    [[{ ...unchanged, Attributes: { After: "0", Unit: "Days" } }], "InvalidPolicyAttributeException"],
    [[{ ...unchanged, Attributes: { After: "1", Unit: "Weeks" } }], "InvalidPolicyAttributeException"],
    [[{ ...unchanged, Attributes: { After: "999999", Unit: "Days" } }], "InvalidPolicyAttributeException"],
    [[{ ...unchanged, Attributes: { Before: "1", Unit: "Days" } }], "InvalidPolicyAttributeException"],
    [[{ ...unchanged, Attributes: { After: "1", Unit: "constructor" } }], "InvalidPolicyAttributeException"],
    [[expiration, expiration], "IncompatiblePolicyException"],
    [[warning], "IncompatiblePolicyException"],
    [Array.from({ length: 11 }, () => unchanged), "PoliciesLimitExceededException"],
    [[[expiration]], "ValidationException"],
  ];
  for (const [policies, name] of cases) await assertRefused(put(setting, policies), name);
  await assertRefused(setting.client.send(new GetParameterCommand({ Name: "/a" })), "ParameterNotFound");
});

testParameters("PutParameter takes the advanced tier for policies where it may choose", async (setting) => {
  assert.equal((await put(setting, [unchanged], { Tier: "Intelligent-Tiering" })).Tier, "Advanced");
  await assertRefused(
    put(setting, [unchanged], { Name: "/b", Tier: "Standard" }),
    "ValidationException",
    /Standard tier/,
  );
});

testParameters("A parameter counts as gone for every operation from the time it expires", async (setting) => {
  const { client, clock, enforce } = setting;
  await put(setting, [expiration], { Tags: [{ Key: "old", Value: "1" }] });
  clock.advance(10 * day - 1);
  assert.equal((await client.send(new GetParameterCommand({ Name: "/a" }))).Parameter?.Value, "v");
  clock.advance(1);
  const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names: ["/a", "/b"] }));
  assert.deepEqual([Parameters, InvalidParameters], [[], ["/a", "/b"]]);
  assert.deepEqual((await client.send(new DescribeParametersCommand({}))).Parameters, []);
  assert.deepEqual((await client.send(new GetParametersByPathCommand({ Path: "/" }))).Parameters, []);
  for (const command of [GetParameterCommand, GetParameterHistoryCommand, DeleteParameterCommand]) {
    await assertRefused(client.send(new command({ Name: "/a" }) as never), "ParameterNotFound");
  }
  // A new one of that name begins anew, also before the old one was removed.
  await put(setting, undefined);
  const { Parameter } = await client.send(new GetParameterCommand({ Name: "/a" }));
  assert.equal(Parameter?.Version, 1);
  clock.advance(day);
  await enforce();
  assert.equal((await client.send(new GetParameterCommand({ Name: "/a" }))).Parameter?.Value, "v");
});

testParameters("What has expired is removed for good, and an event tells of it", async (setting) => {
  const { clock, database, enforce } = setting;
  await put(setting, [expiration]);
  await put(setting, undefined, { Overwrite: true });
  await enforce();
  clock.advance(10 * day);
  await enforce();
  await enforce();
  assert.deepEqual(await database.db.selectFrom("ssm_versions").selectAll().execute(), []);
  assert.deepEqual(await database.db.selectFrom("ssm_parameters").selectAll().execute(), []);
  assert.deepEqual(await notices(setting), ["Expiration"]);
});

testParameters("What has expired and is put again or removed tells of it too, once", async (setting) => {
  const { client, clock, enforce, store } = setting;
  const here = { account: "111122223333", region: "us-east-1", partition: "aws" };
  await put(setting, [expiration, { ...warning, Attributes: { Before: "1", Unit: "Hours" } }]);
  await put(setting, [expiration], { Name: "/b" });
  clock.advance(10 * day);
  await assertRefused(put(setting, undefined, { AllowedPattern: "x" }), "ParameterPatternMismatchException");
  assert.deepEqual(await notices(setting), []);
  await put(setting, undefined);
  assert.deepEqual((await notices(setting)).sort(), ["Expiration", "ExpirationNotification"]);
  const found = await store.parameters.findStored(here, "/b");
  assert.deepEqual(await store.writes.remove(here, found!, clock.now()), { kind: "gone" });
  assert.deepEqual((await notices(setting)).sort(), ["Expiration", "Expiration", "ExpirationNotification"]);
  await enforce();
  assert.equal((await notices(setting)).length, 3);
  await client.send(new DeleteParameterCommand({ Name: "/a" }));
  assert.equal((await notices(setting)).length, 3);
});

testParameters("Each notification is given once for each change, when it is due", async (setting) => {
  const { clock, enforce } = setting;
  await put(setting, [expiration, warning, unchanged]);
  await enforce();
  assert.deepEqual(await notices(setting), []);
  clock.advance(20 * hour);
  await Promise.all([enforce(), enforce()]);
  assert.deepEqual(await notices(setting), ["NoChangeNotification"]);
  assert.deepEqual(
    (await policiesOf(setting))!.map(({ status }) => status),
    ["Pending", "Pending", "Finished"],
  );
  await put(setting, undefined, { Overwrite: true });
  clock.advance(19 * hour);
  await enforce();
  assert.deepEqual(await notices(setting), ["NoChangeNotification"]);
  clock.advance(7 * day);
  await enforce();
  await enforce();
  assert.deepEqual((await notices(setting)).sort(), [
    "ExpirationNotification",
    "NoChangeNotification",
    "NoChangeNotification",
  ]);
});

testParameters("An event says which policy of which parameter was acted on, and why", async (setting) => {
  const { clock, enforce } = setting;
  await put(setting, [unchanged]);
  clock.advance(19 * hour);
  await put(setting, undefined, { Overwrite: true });
  clock.advance(20 * hour);
  await enforce();
  assert.deepEqual(await notified(setting), [
    {
      "parameter-name": "/a",
      "parameter-type": "String",
      "policy-type": "NoChangeNotification",
      "policy-content": JSON.stringify(unchanged),
      "action-status": "Success",
      "action-reason":
        "The parameter has not been changed for 20 hours. This notification was generated based on the policy created at 2026-01-02T03:04:05.000Z.",
    },
  ]);
  await put(setting, [expiration, { ...warning, Attributes: { Before: "1", Unit: "Days" } }], { Overwrite: true });
  clock.advance(10 * day);
  await enforce();
  const reasons = (await notified(setting))
    .slice(1)
    .map((data) => data["action-reason"]!)
    .sort();
  assert.match(reasons[1]!, /^The parameter will expire at 2026-01-12T03:04:05.000Z\. .* created at 2026-01-03T18/);
  assert.match(reasons[0]!, /^The parameter expired at 2026-01-12T03:04:05.000Z and was deleted\./);
});

testParameters(
  "PutParameter refuses policies that are no JSON list, and quotes nothing but a policy",
  async (setting) => {
    const refuse = (Policies: string, quoted: string) =>
      assertRefused(put(setting, undefined, { Policies }), "ValidationException", `Invalid policies input: ${quoted}.`);
    const alone = JSON.stringify(expiration);
    await refuse(alone, alone);
    for (const other of ["{", "1", '"value"', "[value", "[1]", "[null]", '["value"]', "value"]) {
      await refuse(other, "a JSON array of policies is required");
    }
  },
);

testParameters("An expiration is an instant or has an offset, as Java's two formats have it", async (setting) => {
  const instants = [
    ["2026-01-12T03:04:05Z", "2026-01-12T03:04:05.000Z"],
    ["2026-01-12T03:04:05.123456789Z", "2026-01-12T03:04:05.123Z"],
    ["2026-01-12T03:04:05.87+10:30", "2026-01-11T16:34:05.870Z"],
    ["2026-01-12T03:04:05.87+10:30:00", "2026-01-11T16:34:05.870Z"],
    ["2026-01-12T03:04:05-00:00:30", "2026-01-12T03:04:35.000Z"],
    ["2026-01-12T03:04+01:00", "2026-01-12T02:04:00.000Z"],
  ] as const;
  for (const [Timestamp, expected] of instants) {
    await put(setting, [{ ...expiration, Attributes: { Timestamp } }], { Overwrite: true });
    const row = await setting.database.db.selectFrom("ssm_parameters").select("expires_at").executeTakeFirst();
    assert.equal(new Date(row!.expires_at!).toISOString(), expected, Timestamp);
  }
  for (const Timestamp of [
    "2026-01-12",
    "2026-01-12T03:04:05",
    "2026-01-12T03:04:05+1030",
    "2026-13-12T03:04:05Z",
    "2026-01-12T03:04:05+24:00",
    "2026-01-12T03:04:05+10:60",
    "2026-02-30T03:04:05Z",
    1799999999,
  ]) {
    const refused = put(setting, [{ ...expiration, Attributes: { Timestamp } }], { Overwrite: true });
    await assertRefused(refused, "InvalidPolicyAttributeException").catch((cause) =>
      assert.fail(`${Timestamp}: ${cause}`),
    );
  }
});

testParameters("More parameters are dealt with than fit into one transaction", async (setting) => {
  const { clock, enforce } = setting;
  await put(setting, [expiration], { Name: "/many" });
  const others = Array.from({ length: 229 }, (_, index) => `/many/${index}`);
  await copyParameter(setting.database, others);
  clock.advance(10 * day);
  await enforce();
  assert.equal((await setting.database.db.selectFrom("ssm_parameters").selectAll().execute()).length, 0);
});
