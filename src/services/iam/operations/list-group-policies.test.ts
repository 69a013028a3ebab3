import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { noSuch, openIam, readParameters } from "../iam.fixture.ts";

test("ListGroupPolicies shows the names page by page, and refuses a group that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const group = { GroupName: "ops" };
  await iam.createGroup({ GroupName: "ops" });
  for (const PolicyName of ["b", "a"])
    await iam.putGroupPolicy({ ...group, PolicyName, PolicyDocument: readParameters });
  const pages: unknown[] = [];
  for await (const page of sdk.paginateListGroupPolicies({ client: iam, pageSize: 1 }, group))
    pages.push(page.PolicyNames);
  assert.deepEqual(pages, [["a"], ["b"]]);
  await assert.rejects(iam.listGroupPolicies({ GroupName: "none" }), noSuch("group", "none"));
});
