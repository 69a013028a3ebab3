import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { noSuch, openIam, readParameters } from "../iam.fixture.ts";

test("ListUserPolicies shows the names page by page, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  for (const PolicyName of ["b", "a"]) await iam.putUserPolicy({ ...user, PolicyName, PolicyDocument: readParameters });
  const pages: unknown[] = [];
  for await (const page of sdk.paginateListUserPolicies({ client: iam, pageSize: 1 }, user))
    pages.push(page.PolicyNames);
  assert.deepEqual(pages, [["a"], ["b"]]);
  await assert.rejects(iam.listUserPolicies({ UserName: "none" }), noSuch("user", "none"));
});
