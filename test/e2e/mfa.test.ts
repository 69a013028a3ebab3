import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../../src/clock.ts";
import { textInQrCode } from "../../src/services/iam/credentials/mfa-devices/qr-code.fixture.ts";
import { awsCli, findAwsClis } from "../support/aws-cli.ts";
import { telephone } from "../support/mfa-device.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";
import { throwAwayData } from "../support/throw-away.ts";

const account = "123456789012";
const role = `arn:aws:iam::${account}:role/r`;
const withDevice = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const trust = document({
  ...{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" },
  Condition: withDevice,
});
const policy = document({ Effect: "Allow", Action: "*", Resource: "*", Condition: withDevice });

interface Given {
  readonly Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
}

const skip = await skipUnless("aws");

test("the aws CLI makes an MFA device, enables it and calls with it", { skip, timeout: 480_000 }, async () => {
  const [cli] = await findAwsClis();
  await using files = await throwAwayData();
  await using sealift = await startSealift({ runtime: "process", flags: ["--account", account, "--no-agent"] });
  const aws = awsCli(cli!, sealift);
  await aws("iam", "create-user", "--user-name", "bob");
  await aws("iam", "put-user-policy", "--user-name", "bob", "--policy-name", "p", "--policy-document", policy);
  await aws("iam", "create-role", "--role-name", "r", "--assume-role-policy-document", trust);
  const { AccessKey: key } = await aws<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>(
    ...["iam", "create-access-key", "--user-name", "bob"],
  );
  const asBob = awsCli(cli!, {
    ...sealift,
    credentials: { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey },
  });

  const made = async (name: string, method: string, file: string) => {
    const { VirtualMFADevice: device } = await aws<{ VirtualMFADevice: { SerialNumber: string } }>(
      ...["iam", "create-virtual-mfa-device", "--virtual-mfa-device-name", name],
      ...["--outfile", file, "--bootstrap-method", method],
    );
    return { device, content: await readFile(file) };
  };
  const picture = await made("picture", "QRCodePNG", join(files.path, "code.png"));
  assert.match(textInQrCode(picture.content), /^otpauth:\/\/totp\/picture%40123456789012\?secret=[A-Z2-7]{64}$/);
  const { device, content } = await made("phone", "Base32StringSeed", join(files.path, "seed.txt"));
  const phone = telephone(device.SerialNumber, content.toString(), systemClock);

  const { AuthenticationCode1: first, AuthenticationCode2: second } = phone.codes();
  await aws(
    ...["iam", "enable-mfa-device", "--user-name", "bob", "--serial-number", phone.SerialNumber],
    ...["--authentication-code1", first, "--authentication-code2", second],
  );
  const { MFADevices: devices } = await aws<{ MFADevices: { SerialNumber: string }[] }>(
    ...["iam", "list-mfa-devices", "--user-name", "bob"],
  );
  assert.deepEqual(
    devices.map(({ SerialNumber }) => SerialNumber),
    [phone.SerialNumber],
  );

  const assume = ["sts", "assume-role", "--role-arn", role, "--role-session-name", "bob"] as const;
  await assert.rejects(asBob("iam", "list-users"), { code: "AccessDenied" });
  await assert.rejects(asBob(...assume), { code: "AccessDenied" });
  const session = ["sts", "get-session-token", "--serial-number", phone.SerialNumber, "--token-code"] as const;
  await assert.rejects(asBob(...session, second), { code: "AccessDenied" });
  const { Credentials: given } = await asBob<Given>(...session, phone.code(1));
  const withPhone = awsCli(cli!, sealift, {
    AWS_ACCESS_KEY_ID: given.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: given.SecretAccessKey,
    AWS_SESSION_TOKEN: given.SessionToken,
  });
  await withPhone("iam", "list-users");
  await withPhone(...assume);
});
