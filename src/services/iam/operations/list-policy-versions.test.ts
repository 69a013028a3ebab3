import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { openIam, readParameters } from "../iam.fixture.ts";

test("ListPolicyVersions shows the newest version first, page by page", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: readParameters, SetAsDefault: true });
  await iam.deletePolicyVersion({ PolicyArn, VersionId: "v1" });
  for (let version = 3; version <= 6; version++) {
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: readParameters });
  }
  const listed = [];
  for await (const page of sdk.paginateListPolicyVersions({ client: iam, pageSize: 2 }, { PolicyArn })) {
    listed.push(page.Versions?.map(({ VersionId, IsDefaultVersion }) => `${VersionId} ${IsDefaultVersion}`));
  }
  assert.deepEqual(listed, [["v6 false", "v5 false"], ["v4 false", "v3 false"], ["v2 true"]]);
  await assert.rejects(iam.listPolicyVersions({ PolicyArn: `${PolicyArn}none` }), { name: "NoSuchEntityException" });
});

test("ListPolicyVersions shows every version of AWS's policies", async () => {
  await using context = await openIam();
  const PolicyArn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite";
  const { Versions: versions = [] } = await context.iam.listPolicyVersions({ PolicyArn });
  assert.deepEqual(
    versions.map(({ VersionId, IsDefaultVersion }) => `${VersionId} ${IsDefaultVersion}`),
    ["v6 true", "v5 false", "v4 false", "v3 false", "v2 false", "v1 false"],
  );
});
