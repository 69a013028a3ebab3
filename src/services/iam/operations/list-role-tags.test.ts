import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { noSuch, openIam, trust } from "../iam.fixture.ts";

test("ListRoleTags shows the tags page by page, with a short marker however long the keys are", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ ...role, AssumeRolePolicyDocument: trust(), Tags: [{ Key: "Team", Value: "b" }] });
  assert.deepEqual((await iam.listRoleTags(role)).Tags, [{ Key: "Team", Value: "b" }]);
  const long = Array.from({ length: 3 }, (_, index) => ({ Key: `${"ж".repeat(127)}${index}`, Value: "v" }));
  await iam.tagRole({ ...role, Tags: long });
  const keys = [];
  for await (const page of sdk.paginateListRoleTags({ client: iam, pageSize: 1 }, { ...role })) {
    assert.ok((page.Marker ?? "").length <= 320);
    keys.push(...(page.Tags ?? []).map(({ Key }) => Key ?? ""));
  }
  assert.deepEqual(keys, ["Team", ...long.map(({ Key }) => Key)]);
  await assert.rejects(iam.listRoleTags({ RoleName: "none" }), noSuch("role", "none"));
});
