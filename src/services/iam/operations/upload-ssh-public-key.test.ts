import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";
import { bobsKey, newLine } from "../ssh-public-key.fixture.ts";

test("UploadSSHPublicKey takes RSA keys as lines and in PEM, five a user", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { SSHPublicKey: key } = await iam.uploadSSHPublicKey({
    ...user,
    SSHPublicKeyBody: `${bobsKey.line} bob@home\n`,
  });
  const { SSHPublicKeyId, ...shown } = key ?? {};
  assert.match(SSHPublicKeyId ?? "", /^APKA[A-Z2-7]{16}$/);
  assert.deepEqual(shown, {
    ...{ UserName: "bob", Fingerprint: bobsKey.fingerprint, SSHPublicKeyBody: bobsKey.line },
    ...{ Status: "Active", UploadDate: clock.now() },
  });
  const duplicate = { name: "DuplicateSSHPublicKeyException" };
  for (const SSHPublicKeyBody of [bobsKey.line, bobsKey.pem]) {
    await assert.rejects(iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody }), duplicate);
  }
  await iam.createUser({ UserName: "eve" });
  const eves = await iam.uploadSSHPublicKey({ UserName: "eve", SSHPublicKeyBody: bobsKey.pem });
  assert.deepEqual(
    [eves.SSHPublicKey?.SSHPublicKeyBody, eves.SSHPublicKey?.Fingerprint],
    [bobsKey.pem, bobsKey.fingerprint],
  );
  for (let more = 0; more < 4; more++) await iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody: newLine() });
  await assert.rejects(iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody: newLine() }), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for SSHPublicKeysPerUser: 5",
  });
  await assert.rejects(
    iam.uploadSSHPublicKey({ UserName: "none", SSHPublicKeyBody: bobsKey.line }),
    noSuch("user", "none"),
  );
});

test("UploadSSHPublicKey refuses what is no RSA key of 2048 bits, private keys among it", async (t) => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const pair = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const curve = generateKeyPairSync("ed25519");
  const cases: readonly (readonly [string, string, string])[] = [
    ["a small key", String(pair.publicKey.export({ type: "spki", format: "pem" })), "InvalidPublicKeyException"],
    ["another algorithm", String(curve.publicKey.export({ type: "spki", format: "pem" })), "InvalidPublicKeyException"],
    ["half a line", bobsKey.line.slice(0, 100), "InvalidPublicKeyException"],
    ["a line and more", `${bobsKey.line}AAAA`, "InvalidPublicKeyException"],
    ["broken PEM", bobsKey.pem.replace("MII", "MIJ"), "InvalidPublicKeyException"],
    [
      "a private key",
      String(pair.privateKey.export({ type: "pkcs8", format: "pem" })),
      "UnrecognizedPublicKeyEncodingException",
    ],
    ["an Ed25519 line", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==", "UnrecognizedPublicKeyEncodingException"],
    ["any text", "key", "UnrecognizedPublicKeyEncodingException"],
  ];
  for (const [what, SSHPublicKeyBody, name] of cases) {
    await t.test(what, () => assert.rejects(iam.uploadSSHPublicKey({ ...user, SSHPublicKeyBody }), { name }));
  }
  assert.deepEqual((await iam.listSSHPublicKeys(user)).SSHPublicKeys, []);
});
