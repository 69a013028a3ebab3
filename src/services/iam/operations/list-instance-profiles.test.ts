import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { openIam, trust } from "../iam.fixture.ts";

test("ListInstanceProfiles shows the profiles page by page, and by path", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const InstanceProfileName of ["c", "A", "b"]) await iam.createInstanceProfile({ InstanceProfileName });
  await iam.createInstanceProfile({ InstanceProfileName: "d", Path: "/x/" });
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: "b", RoleName: "r" });
  const found = async (input: sdk.ListInstanceProfilesCommandInput) => {
    const profiles: unknown[] = [];
    for await (const page of sdk.paginateListInstanceProfiles({ client: iam, pageSize: 1 }, input)) {
      profiles.push(
        ...(page.InstanceProfiles ?? []).map((each) => `${each.InstanceProfileName} ${each.Roles?.length}`),
      );
    }
    return profiles;
  };
  assert.deepEqual(await found({}), ["A 0", "b 1", "c 0", "d 0"]);
  assert.deepEqual(await found({ PathPrefix: "/x/" }), ["d 0"]);
  await assert.rejects(iam.listInstanceProfiles({ Marker: "!" }), { name: "ValidationError" });
});
