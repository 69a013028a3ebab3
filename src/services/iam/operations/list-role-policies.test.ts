import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { noSuch, openIam, readParameters, trust } from "../iam.fixture.ts";

test("ListRolePolicies shows the names page by page, and refuses a role that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  for (const PolicyName of ["b", "a"]) await iam.putRolePolicy({ ...role, PolicyName, PolicyDocument: readParameters });
  const pages: unknown[] = [];
  for await (const page of sdk.paginateListRolePolicies({ client: iam, pageSize: 1 }, role))
    pages.push(page.PolicyNames);
  assert.deepEqual(pages, [["a"], ["b"]]);
  await assert.rejects(iam.listRolePolicies({ RoleName: "none" }), noSuch("role", "none"));
});
