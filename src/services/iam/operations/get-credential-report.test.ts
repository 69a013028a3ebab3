import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { deviceOfUser } from "../../../../test/support/mfa-device.ts";
import type { Principal } from "../../../model/call.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

test("GetCredentialReport lists every user's credentials, and is good for four hours", async () => {
  await using context = await openIam();
  const { iam, store, clock } = context;
  await assert.rejects(iam.getCredentialReport({}), { name: "CredentialReportNotPresentException" });
  await iam.createUser({ UserName: "a,b", Path: "/x/" });
  await iam.createUser({ UserName: "bob" });
  await iam.createLoginProfile({ UserName: "bob", Password: "Abc1!efgh" });
  await iam.updateAccountPasswordPolicy({ MaxPasswordAge: 10 });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
  await iam.updateAccessKey({ UserName: "bob", AccessKeyId: key?.AccessKeyId, Status: "Inactive" });
  const used: Principal = { ...rootPrincipal, kind: "user", accessKeyId: key?.AccessKeyId ?? "" };
  store.uses.note(used, { usedAt: new Date("2026-02-03T04:05:06Z"), service: "ssm", region: "eu-west-1" });
  await deviceOfUser(iam, "bob", clock);
  await iam.uploadSigningCertificate({ UserName: "bob", CertificateBody: issueCertificate("bob").pem });
  await iam.generateCredentialReport({});
  const report = await iam.getCredentialReport({});
  assert.equal(report.ReportFormat, "text/csv");
  const made = "2026-01-02T03:04:05+00:00";
  const noKey = "false,N/A,N/A,N/A,N/A";
  assert.deepEqual(
    Buffer.from(report.Content ?? [])
      .toString()
      .split("\n"),
    [
      "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation," +
        "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date," +
        "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active," +
        "access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region," +
        "access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated",
      `<root_account>,${arnOf("root")},N/A,not_supported,no_information,not_supported,not_supported,false,` +
        `true,N/A,N/A,N/A,N/A,${noKey},false,N/A,false,N/A`,
      `"a,b","${arnOf("user/x/a,b")}",${made},false,N/A,N/A,N/A,false,${noKey},${noKey},false,N/A,false,N/A`,
      `bob,${arnOf("user/bob")},${made},true,no_information,${made},2026-01-12T03:04:05+00:00,true,` +
        `false,${made},2026-02-03T04:05:06+00:00,eu-west-1,ssm,${noKey},true,${made},false,N/A`,
    ],
  );
  clock.advance(4 * 60 * 60 * 1000);
  await assert.rejects(iam.getCredentialReport({}), { name: "CredentialReportExpiredException" });
});
