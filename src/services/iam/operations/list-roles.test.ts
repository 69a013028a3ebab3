import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { openIam, refusal, trust } from "../iam.fixture.ts";

test("ListRoles pages through all roles below a path", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const [name, path] of [
    ["b", "/x/"],
    ["A", "/x/"],
    ["c", "/x/y/"],
    ["d", "/xx/"],
    ["e", "/"],
  ] as const) {
    await iam.createRole({ RoleName: name, Path: path, AssumeRolePolicyDocument: trust() });
  }
  const pages = [];
  for await (const page of sdk.paginateListRoles({ client: iam, pageSize: 2 }, { PathPrefix: "/x/" })) {
    pages.push([page.IsTruncated, page.Roles?.map(({ RoleName }) => RoleName)]);
  }
  assert.deepEqual(pages, [
    [true, ["A", "b"]],
    [false, ["c"]],
  ]);
  assert.equal((await iam.listRoles({})).Roles?.length, 5);
});

test("ListRoles refuses a marker that is not its own", async () => {
  await using context = await openIam();
  await assert.rejects(context.iam.listRoles({ Marker: "!" }), refusal("ValidationError", 400, "Invalid Marker."));
});
