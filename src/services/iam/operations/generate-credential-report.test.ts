import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, principalOf } from "../iam.fixture.ts";

test("GenerateCredentialReport writes a report every four hours, when it is asked for", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const started = await iam.generateCredentialReport({});
  assert.deepEqual(
    [started.State, started.Description],
    ["STARTED", "No report exists. Starting a new report generation task"],
  );
  assert.equal((await iam.generateCredentialReport({})).State, "COMPLETE");
  clock.advance(4 * 60 * 60 * 1000);
  const again = await iam.generateCredentialReport({});
  assert.deepEqual(
    [again.State, again.Description],
    ["STARTED", "The existing report has expired. Starting a new report generation task"],
  );
});

test("GenerateCredentialReport is refused to callers without permission", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  caller.principal = principalOf((await iam.createUser({ UserName: "bob" })).User);
  await assert.rejects(iam.generateCredentialReport({}), { name: "AccessDenied" });
});
