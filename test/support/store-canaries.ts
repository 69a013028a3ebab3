import { generateKeyPairSync, randomUUID } from "node:crypto";
import { systemClock } from "../../src/clock.ts";
import { signedRequest } from "../bench/signed-request.ts";
import type { AwsAccess } from "./aws-cli.ts";
import { issueCertificate } from "./certificate.ts";
import { type Clients, policy, trust } from "./clients.ts";
import { memberAccount } from "./member-account.ts";
import { fromBase32 } from "./mfa-device.ts";
import { samlProvider } from "./saml-provider.ts";
import { until } from "./until.ts";

/** Adds a secret value. */
type Keep = (value: string | Uint8Array) => unknown;

/** Calls the operations that take or return secrets, and keeps these: no file and no log may contain them. */
export async function useStores(clients: Clients, keep: Keep): Promise<void> {
  const { ssm, secretsManager, kms, iam, sts } = clients;
  const secret = (text: string) => {
    const value = `canary-${text}-${randomUUID()} "quoted\\ & ${text}"`;
    keep(value);
    return value;
  };
  await ssm.putParameter({ Name: "/c/advanced", Type: "SecureString", Tier: "Advanced", Value: secret("advanced") });
  await ssm.putParameter({ Name: "/c/advanced", Value: secret("second"), Overwrite: true });
  await ssm.getParameterHistory({ Name: "/c/advanced", WithDecryption: true });
  const replicas = { AddReplicaRegions: [{ Region: "ap-south-1" }] };
  await secretsManager.createSecret({ Name: "c/text", SecretString: secret("text"), ...replicas });
  await secretsManager.createSecret({ Name: "c/binary", SecretBinary: Buffer.from(secret("binary")) });
  await secretsManager.updateSecret({ SecretId: "c/text", SecretString: secret("updated") });
  await secretsManager.batchGetSecretValue({ SecretIdList: ["c/text", "c/binary"] });
  await ssm.getParameter({ Name: "/aws/reference/secretsmanager/c/text", WithDecryption: true });
  await iam.createRole({ RoleName: "machine", AssumeRolePolicyDocument: trust("ssm.amazonaws.com") });
  keep((await ssm.createActivation({ IamRole: "machine" })).ActivationCode!);
  keep((await secretsManager.getRandomPassword({})).RandomPassword!);
  await secretsManager.rotateSecret({ SecretId: "c/text", RotationLambdaARN: "sealift:rotate-password" });
  await until("the password is rotated", async () => {
    return (await secretsManager.describeSecret({ SecretId: "c/text" })).LastRotatedDate !== undefined;
  });
  keep((await secretsManager.getSecretValue({ SecretId: "c/text" })).SecretString!);
  for (const { Credentials: given } of [await sts.getSessionToken({}), await sts.getFederationToken({ Name: "bob" })]) {
    keep(given!.SecretAccessKey!);
    keep(given!.SessionToken!);
  }
  await iam.enableOutboundWebIdentityFederation({});
  const forOthers = { Audience: ["https://api.example.com"], SigningAlgorithm: "ES384" };
  keep((await sts.getWebIdentityToken(forOthers)).WebIdentityToken!);
  await assumeBySaml(clients, keep);
  keep((await memberAccount(clients, "444455556666")).credentials.secretAccessKey);
  keep((await kms.generateRandom({ NumberOfBytes: 32 })).Plaintext!);
  const agreement = await kms.createKey({ KeySpec: "ECC_NIST_P256", KeyUsage: "KEY_AGREEMENT" });
  const peer = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "der" });
  const use = { KeyId: agreement.KeyMetadata!.KeyId!, KeyAgreementAlgorithm: "ECDH", PublicKey: peer } as const;
  keep((await kms.deriveSharedSecret(use)).SharedSecret!);
  const encapsulation = await kms.createKey({ KeySpec: "ML_KEM_512", KeyUsage: "ENCAPSULATE_DECAPSULATE" });
  const kem = { KeyId: encapsulation.KeyMetadata!.KeyId!, EncapsulationAlgorithm: "ML_KEM" } as const;
  keep((await kms.encapsulate(kem)).SharedSecret!);
  await iam.createUser({ UserName: "login" });
  await iam.createLoginProfile({ UserName: "login", Password: secret("Password") });
  await iam.updateLoginProfile({ UserName: "login", Password: secret("Password-2") });
  const { VirtualMFADevice: device } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: "login" });
  const seed = Buffer.from(device!.Base32StringSeed!).toString();
  keep(seed);
  keep(fromBase32(seed));
  await iam.listVirtualMFADevices({});
  const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("login");
  keep(PrivateKey);
  keep(PrivateKey.split("\n")[1]!);
  await iam.uploadServerCertificate({ ServerCertificateName: "login", CertificateBody, PrivateKey });
  for (const ServiceName of ["codecommit.amazonaws.com", "bedrock.amazonaws.com"]) {
    const credential = { UserName: "login", ServiceName };
    const { ServiceSpecificCredential: made } = await iam.createServiceSpecificCredential(credential);
    const { ServiceSpecificCredential: reset } = await iam.resetServiceSpecificCredential({
      ...{ UserName: "login", ServiceSpecificCredentialId: made!.ServiceSpecificCredentialId },
    });
    for (const one of [made, reset]) keep((one!.ServicePassword ?? one!.ServiceCredentialSecret)!);
  }
}

/** Whoever has the provider's response can have a session with it. */
async function assumeBySaml({ iam, sts }: Clients, keep: Keep): Promise<void> {
  const { Account: account } = await sts.getCallerIdentity({});
  const [roleArn, providerArn] = ["role/saml", "saml-provider/saml"].map((name) => `arn:aws:iam::${account}:${name}`);
  if (!roleArn || !providerArn) throw new Error("There is no account");
  const provider = await samlProvider({ roleArn, providerArn, now: () => systemClock.now() });
  const AddPrivateKey = provider.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  // Its beginning is in the certificate, too.
  for (const line of AddPrivateKey.trim().split("\n").slice(-4, -2)) keep(line);
  keep(provider.privateKey.export({ format: "der", type: "pkcs8" }).subarray(-64));
  await iam.createSAMLProvider({ Name: "saml", SAMLMetadataDocument: provider.metadata, AddPrivateKey });
  const trusted = { Principal: { Federated: providerArn }, Action: "sts:AssumeRoleWithSAML" };
  await iam.createRole({ RoleName: "saml", AssumeRolePolicyDocument: policy({ Effect: "Allow", ...trusted }) });
  const SAMLAssertion = provider.assertion();
  keep(SAMLAssertion);
  const input = { RoleArn: roleArn, PrincipalArn: providerArn, SAMLAssertion };
  const { Credentials: given } = await sts.assumeRoleWithSAML(input);
  keep(given!.SecretAccessKey!);
  keep(given!.SessionToken!);
}

/** Makes the stores refuse secrets in every way that they can. Resolves to the texts of the errors. */
export async function misuseStores(
  { ssm, secretsManager, kms, iam, sts }: Clients,
  access: AwsAccess,
  keep: Keep,
): Promise<readonly string[]> {
  const value = `canary-refused-${randomUUID()}`;
  keep(value);
  const long = value.repeat(3_000);
  const put = { Name: "/c/refused", Type: "SecureString", Value: value } as const;
  const token = randomUUID();
  await secretsManager.createSecret({ Name: "c/token", ClientRequestToken: token, SecretString: "other" });
  const { KeyMetadata: key } = await kms.createKey({});
  const { pem: CertificateBody } = issueCertificate("refused");
  const { privateKey: PrivateKey } = issueCertificate("other");
  keep(PrivateKey.split("\n")[1]!);
  const certificate = { ServerCertificateName: "refused", CertificateBody, PrivateKey };
  const refused: readonly (() => Promise<unknown>)[] = [
    () => ssm.putParameter({ ...put, AllowedPattern: "\\d+" }),
    () => iam.createLoginProfile({ UserName: "login", Password: value }),
    () => iam.updateLoginProfile({ UserName: "login", Password: `${value}漢` }),
    () => iam.updateLoginProfile({ UserName: "login", Password: long }),
    () => iam.changePassword({ OldPassword: value, NewPassword: value }),
    () => iam.uploadServerCertificate(certificate),
    () => iam.uploadServerCertificate({ ...certificate, PrivateKey: value }),
    () => iam.uploadServerCertificate({ ...certificate, PrivateKey: `${value}漢` }),
    () => iam.uploadServerCertificate({ ...certificate, PrivateKey: long }),
    () => ssm.putParameter({ ...put, Value: long }),
    () => ssm.putParameter({ ...put, Value: `{{${value}}}` }),
    () => ssm.putParameter({ ...put, KeyId: "alias/none" }),
    () => ssm.putParameter({ ...put, Policies: `[${value}` }),
    () => secretsManager.createSecret({ Name: "c/long", SecretString: long }),
    () => secretsManager.createSecret({ Name: "c/two", SecretString: value, SecretBinary: Buffer.from(value) }),
    () => secretsManager.putSecretValue({ SecretId: "c/token", ClientRequestToken: token, SecretString: value }),
    () => secretsManager.putSecretValue({ SecretId: "c/none", SecretString: value }),
    () =>
      sts.assumeRoleWithSAML({
        ...{ RoleArn: "arn:aws:iam::123456789012:role/saml", SAMLAssertion: Buffer.from(value).toString("base64") },
        PrincipalArn: "arn:aws:iam::123456789012:saml-provider/saml",
      }),
    () => kms.encrypt({ KeyId: key!.KeyId!, Plaintext: Buffer.from(long) }),
    () => kms.decrypt({ CiphertextBlob: Buffer.from(value) }),
  ];
  const said: string[] = [];
  for (const call of refused) {
    said.push(
      await call().then(
        (answer) => {
          throw new Error(`This was not refused: ${call}`, { cause: answer });
        },
        (error: Error) => JSON.stringify({ ...error, message: error.message }),
      ),
    );
  }
  const target = { ...access, port: Number(new URL(access.endpoint).port) };
  for (const body of [
    { ...put, Value: { a: value } },
    { ...put, Value: [value] },
    { Name: "/c/x", Value: value },
  ]) {
    const request = signedRequest(target, ["ssm", "AmazonSSM.PutParameter", body]);
    const [head = "", text = ""] = request.toString().split("\r\n\r\n");
    const headers = Object.fromEntries(
      head
        .split("\r\n")
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)])
        .filter(([name]) => name !== "host" && name !== "content-length"),
    );
    const answer = await fetch(access.endpoint, { method: "POST", headers, body: text });
    said.push(`${answer.status} ${await answer.text()}`);
  }
  return said;
}
