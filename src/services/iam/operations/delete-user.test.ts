import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { deviceOfUser } from "../../../../test/support/mfa-device.ts";
import { noSuch, openIam, powerUser, readParameters } from "../iam.fixture.ts";
import { bobsKey } from "../ssh-public-key.fixture.ts";

test("DeleteUser wants a user that has nothing", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  const group = { GroupName: "ops" };
  await iam.createUser(user);
  await iam.createGroup(group);
  await iam.addUserToGroup({ ...group, ...user });
  await iam.createLoginProfile({ ...user, Password: "Abc1!efgh" });
  await iam.attachUserPolicy({ ...user, PolicyArn: powerUser });
  await iam.putUserPolicy({ ...user, PolicyName: "read", PolicyDocument: readParameters });
  const { AccessKey: key } = await iam.createAccessKey(user);
  const { SerialNumber } = await deviceOfUser(iam, "bob", clock);
  const CertificateBody = issueCertificate("bob").pem;
  const { Certificate: certificate } = await iam.uploadSigningCertificate({ ...user, CertificateBody });
  const { SSHPublicKey: sshKey } = await iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody: bobsKey.line });
  const { ServiceSpecificCredential: credential } = await iam.createServiceSpecificCredential({
    ...user,
    ServiceName: "codecommit.amazonaws.com",
  });
  const { CertificateId } = certificate ?? {};
  const { SSHPublicKeyId } = sshKey ?? {};
  const { ServiceSpecificCredentialId } = credential ?? {};
  const referenced = "must remove referenced objects first";
  const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["must remove users from group first", () => iam.removeUserFromGroup({ ...group, ...user })],
    ["must delete login profile first", () => iam.deleteLoginProfile(user)],
    ["must detach all policies first", () => iam.detachUserPolicy({ ...user, PolicyArn: powerUser })],
    ["must delete policies first", () => iam.deleteUserPolicy({ ...user, PolicyName: "read" })],
    ["must delete access keys first", () => iam.deleteAccessKey({ ...user, AccessKeyId: key?.AccessKeyId })],
    ["must delete MFA device first", () => iam.deactivateMFADevice({ ...user, SerialNumber })],
    ["must delete signing certificates first", () => iam.deleteSigningCertificate({ ...user, CertificateId })],
    [referenced, () => iam.deleteSSHPublicKey({ ...user, SSHPublicKeyId })],
    [referenced, () => iam.deleteServiceSpecificCredential({ ...user, ServiceSpecificCredentialId })],
  ];
  for (const [first, step] of steps) {
    const message = `Cannot delete entity, ${first}.`;
    await assert.rejects(iam.deleteUser(user), { name: "DeleteConflictException", message });
    await step();
  }
  await iam.deleteUser(user);
  assert.deepEqual((await iam.listUsers({})).Users, []);
  await assert.rejects(iam.deleteUser(user), noSuch("user", "bob"));
});
