import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("SetSecurityTokenServicePreferences sets the version that the summary shows, and refuses others", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const version of [2, 1]) {
    await iam.setSecurityTokenServicePreferences({ GlobalEndpointTokenVersion: `v${version}Token` as "v1Token" });
    const { SummaryMap: changed } = await iam.getAccountSummary({});
    assert.equal(changed?.GlobalEndpointTokenVersion, version);
  }
  const wrong = { GlobalEndpointTokenVersion: "v3Token" as "v1Token" };
  await assert.rejects(iam.setSecurityTokenServicePreferences(wrong), { name: "ValidationError" });
});
