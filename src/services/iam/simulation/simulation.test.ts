import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import * as sdk from "@aws-sdk/client-iam";
import { allow, document, openIam } from "../iam.fixture.ts";
import { bucket, longPolicy } from "./simulation.fixture.ts";

test("SimulateCustomPolicy ends a page early where policies are long, and forgets no action", async () => {
  await using context = await openIam();
  const { iam } = context;
  const ActionNames = Array.from({ length: 50 }, (_, index) => `s3:Action${index}`);
  const input = { PolicyInputList: [longPolicy], ActionNames };
  const found: string[] = [];
  for await (const page of sdk.paginateSimulateCustomPolicy({ client: iam }, input)) {
    const results = page.EvaluationResults ?? [];
    assert.ok(results.length <= 20, `${results.length} results`);
    for (const { EvalActionName: action, MatchedStatements: matched } of results) {
      assert.equal(matched?.length, 1_000);
      found.push(action!);
    }
  }
  assert.deepEqual(found, ActionNames);
});

test("SimulateCustomPolicy refuses more statements and resources than it could answer for at once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const simulated = (resources: number) => {
    const ResourceArns = Array.from({ length: resources }, (_, index) => `${bucket}/${index}`);
    return iam.simulateCustomPolicy({
      PolicyInputList: [longPolicy],
      ActionNames: ["ssm:GetParameter"],
      ResourceArns,
    });
  };
  assert.equal((await simulated(50)).EvaluationResults?.[0]?.ResourceSpecificResults?.length, 50);
  await assert.rejects(simulated(51), {
    name: "InvalidInputException",
    message: "Policies with 1000 statements cannot be simulated for 51 resources.",
  });
});

test("SimulateCustomPolicy lets others work between its decisions", async () => {
  await using context = await openIam();
  const { iam } = context;
  const ResourceArns = Array.from({ length: 300 }, (_, index) => `${bucket}/${index}`);
  let isDone = false;
  let turns = 0;
  const others = async () => {
    while (!isDone) {
      await setImmediate();
      turns++;
    }
  };
  const counted = others();
  const Condition = { StringEquals: { "s3:prefix": "a" } };
  const PolicyInputList = [document(...Array.from({ length: 150 }, () => allow("s3:*", { Condition })))];
  await iam.simulateCustomPolicy({ PolicyInputList, ActionNames: ["s3:GetObject"], ResourceArns });
  isDone = true;
  await counted;
  assert.ok(turns >= ResourceArns.length, `${turns} turns`);
});
