import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { executionPolicy, openIam, powerUser, readParameters } from "../iam.fixture.ts";
import { listAwsManaged } from "../policies/aws-managed-policies.ts";

test("ListPolicies filters by scope, path and use", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createPolicy({ PolicyName: "mine", Path: "/x/", PolicyDocument: readParameters });
  await iam.createUser({ UserName: "bob", PermissionsBoundary: powerUser });
  await iam.attachUserPolicy({ UserName: "bob", PolicyArn: executionPolicy });
  const cases: [sdk.ListPoliciesCommandInput, readonly string[]][] = [
    [{ Scope: "Local" }, ["mine"]],
    [{ PathPrefix: "/x/" }, ["mine"]],
    [
      { Scope: "AWS", PathPrefix: "/job-function/", MaxItems: 2 },
      ["AmazonODBAutonomousVmClusterAdmin", "AmazonODBExadataInfrastructureAdmin"],
    ],
    [{ Scope: "Local", OnlyAttached: true }, []],
    [{ OnlyAttached: true }, ["AmazonECSTaskExecutionRolePolicy"]],
    [{ PolicyUsageFilter: "PermissionsBoundary" }, ["PowerUserAccess"]],
  ];
  for (const [input, names] of cases) {
    const { Policies: policies } = await iam.listPolicies(input);
    assert.deepEqual(
      policies?.map(({ PolicyName }) => PolicyName),
      names,
      JSON.stringify(input),
    );
  }
});

test("ListPolicies pages through the account's and AWS's policies, and refuses a marker that is not its own", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createPolicy({ PolicyName: "mine", PolicyDocument: readParameters });
  const all = [];
  for await (const page of sdk.paginateListPolicies({ client: iam, pageSize: 400 }, {})) {
    all.push(...(page.Policies ?? []));
  }
  const expected = listAwsManaged("aws").length + 1;
  assert.deepEqual([all.length, new Set(all.map(({ Arn }) => Arn)).size], [expected, expected]);
  await assert.rejects(iam.listPolicies({ Marker: "!" }), { name: "ValidationError" });
});
