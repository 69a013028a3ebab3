import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { allow, document, openIam } from "../iam.fixture.ts";
import { bucket, getObject, matched } from "../simulation/simulation.fixture.ts";

const position = (line: number, column: number) => ({ Line: line, Column: column });

test("SimulateCustomPolicy answers as AWS does for one action on all resources", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { EvaluationResults: results, IsTruncated: truncated } = await iam.simulateCustomPolicy(getObject);
  assert.equal(truncated, false);
  assert.deepEqual(results, [
    {
      EvalActionName: "s3:GetObject",
      EvalResourceName: "*",
      EvalDecision: "allowed",
      MatchedStatements: [
        {
          SourcePolicyId: "PolicyInputList.1",
          SourcePolicyType: "IAM Policy",
          StartPosition: position(1, 38),
          EndPosition: position(1, 95),
        },
      ],
      MissingContextValues: [],
    },
  ]);
});

test("SimulateCustomPolicy tells the resources apart", async () => {
  await using context = await openIam();
  const { iam } = context;
  const ResourceArns = [`${bucket}/a`, `${bucket}/b`];
  const only = document(allow("s3:GetObject", { Resource: `${bucket}/a` }));
  const { EvaluationResults: results } = await iam.simulateCustomPolicy({
    PolicyInputList: [only],
    ActionNames: ["s3:GetObject"],
    ResourceArns,
  });
  const [result] = results!;
  assert.equal(result?.EvalDecision, "implicitDeny");
  assert.equal(result?.MatchedStatements?.length, 1);
  assert.deepEqual(
    result?.ResourceSpecificResults?.map((each) => [each.EvalResourceName, each.EvalResourceDecision]),
    [
      [`${bucket}/a`, "allowed"],
      [`${bucket}/b`, "implicitDeny"],
    ],
  );
  assert.deepEqual(result?.ResourceSpecificResults?.[1]?.MatchedStatements, []);
});

test("SimulateCustomPolicy names every statement that allows, or every one that denies", async () => {
  await using context = await openIam();
  const { iam } = context;
  const twice = document(allow("s3:GetObject", { Sid: "First" }), allow("s3:GetObject", { Sid: "Second" }));
  const deny = document({ Effect: "Deny", Action: "s3:*", Resource: "*" });
  const ActionNames = ["s3:GetObject"];
  const allowed = await iam.simulateCustomPolicy({
    PolicyInputList: [twice, getObject.PolicyInputList[0]!],
    ActionNames,
  });
  assert.deepEqual(matched(allowed.EvaluationResults?.[0]), [
    "PolicyInputList.1@1:38",
    "PolicyInputList.1@1:109",
    "PolicyInputList.2@1:38",
  ]);
  const denied = await iam.simulateCustomPolicy({ PolicyInputList: [twice, deny], ActionNames });
  assert.equal(denied.EvaluationResults?.[0]?.EvalDecision, "explicitDeny");
  assert.deepEqual(matched(denied.EvaluationResults?.[0]), ["PolicyInputList.2@1:38"]);
});

test("SimulateCustomPolicy lists the context keys that are missing where nothing allows", async () => {
  await using context = await openIam();
  const { iam } = context;
  const Condition = {
    StringEquals: { "aws:ResourceTag/team": "red" },
    Bool: { "aws:MultiFactorAuthPresent": "true" },
  };
  const asked = { PolicyInputList: [document(allow("*", { Condition }))], ActionNames: ["s3:GetObject"] };
  const team = {
    ContextKeyName: "aws:resourcetag/TEAM",
    ContextKeyType: "string",
    ContextKeyValues: ["red"],
  } satisfies sdk.ContextEntry;
  const mfa = {
    ContextKeyName: "aws:MultiFactorAuthPresent",
    ContextKeyType: "boolean",
    ContextKeyValues: ["true"],
  } satisfies sdk.ContextEntry;
  const decide = async (...ContextEntries: sdk.ContextEntry[]) => {
    const [result] = (await iam.simulateCustomPolicy({ ...asked, ContextEntries })).EvaluationResults!;
    return [result?.EvalDecision, ...(result?.MissingContextValues ?? [])];
  };
  assert.deepEqual(await decide(), ["implicitDeny", "aws:ResourceTag/team", "aws:MultiFactorAuthPresent"]);
  assert.deepEqual(await decide(team), ["implicitDeny", "aws:MultiFactorAuthPresent"]);
  assert.deepEqual(await decide(team, mfa), ["allowed"]);
  assert.deepEqual(await decide({}, team, mfa), ["allowed"]);
});

test("SimulateCustomPolicy pages by action and keeps the order asked for", async () => {
  await using context = await openIam();
  const { iam } = context;
  const ActionNames = Array.from({ length: 25 }, (_, index) => `s3:Action${(index * 7) % 25}`);
  const seen: (string | undefined)[] = [];
  const pages: number[] = [];
  const config = { client: iam, pageSize: 10 };
  for await (const page of sdk.paginateSimulateCustomPolicy(config, { ...getObject, ActionNames })) {
    pages.push(page.EvaluationResults?.length ?? 0);
    seen.push(...(page.EvaluationResults ?? []).map(({ EvalActionName: name }) => name));
  }
  assert.deepEqual(seen, ActionNames);
  assert.deepEqual(pages, [10, 10, 5]);
  for (const marker of ["?", Buffer.from('"x"').toString("base64url"), Buffer.from('"-1"').toString("base64url")]) {
    await assert.rejects(iam.simulateCustomPolicy({ ...getObject, Marker: marker }), /Invalid Marker/);
  }
});

test("SimulateCustomPolicy refuses service control policies", async () => {
  await using context = await openIam();
  const OrderedOrganizationPolicyInputList = [{ ServiceControlPolicyInputList: [document(allow("*"))] }];
  await assert.rejects(context.iam.simulateCustomPolicy({ ...getObject, OrderedOrganizationPolicyInputList }), {
    name: "InvalidInputException",
    message: "Service control policies cannot be simulated here.",
  });
});
