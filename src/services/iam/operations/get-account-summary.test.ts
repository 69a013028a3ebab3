import assert from "node:assert/strict";
import { test } from "node:test";
import type * as sdk from "@aws-sdk/client-iam";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { deviceOfUser, newDevice } from "../../../../test/support/mfa-device.ts";
import { allow, document, openIam, principalOf, trust } from "../iam.fixture.ts";

test("GetAccountSummary counts what the account has", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  await iam.createUser({ UserName: "bob" });
  await iam.createGroup({ GroupName: "g" });
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  const { Policy } = await iam.createPolicy({ PolicyName: "p", PolicyDocument: document(allow("ssm:*")) });
  await iam.createPolicyVersion({ PolicyArn: Policy?.Arn, PolicyDocument: document(allow("kms:*")) });
  await iam.createInstanceProfile({ InstanceProfileName: "i" });
  await iam.createOpenIDConnectProvider({ Url: "https://a.example" });
  await newDevice(iam, "free", clock);
  await deviceOfUser(iam, "bob", clock);
  const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");
  await iam.uploadServerCertificate({ ServerCertificateName: "app", CertificateBody, PrivateKey });
  const { SummaryMap: summary = {} } = await iam.getAccountSummary({});
  const counted = ["Users", "Groups", "Roles", "Policies", "PolicyVersionsInUse", "InstanceProfiles", "Providers"];
  assert.deepEqual(
    counted.map((name) => summary[name as sdk.SummaryKeyType]),
    [1, 1, 1, 1, 2, 1, 1],
  );
  assert.deepEqual([summary.MFADevices, summary.MFADevicesInUse, summary.AccountMFAEnabled], [2, 1, 0]);
  assert.deepEqual([summary.ServerCertificates, summary.ServerCertificatesQuota], [1, 20]);
  assert.equal(summary.GlobalEndpointTokenVersion, 1);
  assert.deepEqual([summary.UsersQuota, summary.RolesQuota, summary.GroupsPerUserQuota], [5000, 1000, 10]);
});

test("GetAccountSummary is refused to callers without permission", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  caller.principal = principalOf((await iam.createUser({ UserName: "bob" })).User);
  await assert.rejects(iam.getAccountSummary({}), { name: "AccessDenied" });
});
