import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { connect } from "node:tls";
import { awsCli, findAwsClis } from "../support/aws-cli.ts";
import { type IssuedCertificate, issueCertificate } from "../support/certificate.ts";
import { policy } from "../support/clients.ts";
import { skipUnless } from "../support/require.ts";
import { runSealift, startAgent, startSealift } from "../support/sealift.ts";
import { throwAwayData, throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const timeout = 480_000;

async function certificateFiles(certificate: IssuedCertificate, authority: IssuedCertificate) {
  const directory = await throwAwayDirectory("sealift-tls-");
  const file = (name: string) => join(directory.path, name);
  async function put(one: IssuedCertificate): Promise<void> {
    await writeFile(file("cert.pem"), one.pem);
    await writeFile(file("key.pem"), one.privateKey, { mode: 0o600 });
  }
  await put(certificate);
  await writeFile(file("ca.pem"), authority.pem);
  return { ...directory, file, put };
}

/** The serial number of the certificate that a server shows. */
async function shownSerial(endpoint: string): Promise<string> {
  const { port } = new URL(endpoint);
  const socket = connect({ port: Number(port), host: "127.0.0.1", rejectUnauthorized: false });
  await new Promise((resolve) => socket.once("secureConnect", resolve));
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

test("over TLS with a private authority: the aws CLI, this machine's agent and another's, which is an instance role only", {
  skip: await skipUnless("aws"),
  timeout,
}, async () => {
  const authority = issueCertificate("authority");
  const issue = () => issueCertificate("server", { issuer: authority, names: ["localhost", "127.0.0.1"] });
  await using files = await certificateFiles(issue(), authority);
  const caCert = files.file("ca.pem");
  const flags = ["--tls-cert", files.file("cert.pem"), "--tls-key", files.file("key.pem"), "--ca-cert", caCert];
  // On every address: with a certificate that needs no other flag.
  await using sealift = await startSealift({ runtime: "process", flags: ["--host", "0.0.0.0", ...flags] });
  assert.equal(new URL(sealift.endpoint).protocol, "https:");
  const [cli] = await findAwsClis();
  const rootKey = {
    AWS_ACCESS_KEY_ID: sealift.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sealift.credentials.secretAccessKey,
  };
  const aws = (words: readonly string[], more: Readonly<Record<string, string>> = { AWS_CA_BUNDLE: caCert }) =>
    // biome-ignore lint/suspicious/noExplicitAny: what each command prints
    awsCli(cli!, sealift, { ...rootKey, ...more })<any>(...words);
  await assert.rejects(aws(["sts", "get-caller-identity"], {}), /CERTIFICATE_VERIFY_FAILED|SSL validation failed/);
  assert.equal((await aws(["sts", "get-caller-identity"])).Account, "000000000000");
  // The agent of this machine joined over TLS, too.
  const { containerInstanceArns } = await aws(["ecs", "list-container-instances"]);
  assert.equal(containerInstanceArns.length, 1);

  // A condition sees how the request came.
  await aws(["secretsmanager", "create-secret", "--name", "db", "--secret-string", "value"]);
  await aws(["iam", "create-user", "--user-name", "bob"]);
  const statement = (Effect: string, secure: string) => ({
    ...{ Effect, Action: "secretsmanager:GetSecretValue", Resource: "*" },
    Condition: { Bool: { "aws:SecureTransport": secure } },
  });
  const document = policy(statement("Allow", "true"), statement("Deny", "false"));
  const put = ["iam", "put-user-policy", "--user-name", "bob", "--policy-name", "p", "--policy-document", document];
  await aws(put);
  const { AccessKey: bob } = await aws(["iam", "create-access-key", "--user-name", "bob"]);
  const asBob = {
    AWS_ACCESS_KEY_ID: bob.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: bob.SecretAccessKey,
    AWS_CA_BUNDLE: caCert,
  };
  const { SecretString } = await aws(["secretsmanager", "get-secret-value", "--secret-id", "db"], asBob);
  assert.equal(SecretString, "value");

  // Another machine, with the policy that instances have and nothing else.
  await aws(["iam", "create-user", "--user-name", "machine"]);
  const arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
  await aws(["iam", "attach-user-policy", "--user-name", "machine", "--policy-arn", arn]);
  const { AccessKey: key } = await aws(["iam", "create-access-key", "--user-name", "machine"]);
  await aws(["ecs", "create-cluster", "--cluster-name", "second"]);
  await using data = await throwAwayData();
  const machine = {
    ...sealift,
    credentials: { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey },
  };
  await using agent = await startAgent(machine, {
    ...{ cluster: "second", data: data.path, runtime: "process" as const },
    flags: ["--ca-cert", caCert],
  });
  const describe = ["ecs", "describe-container-instances", "--cluster", "second", "--container-instances"];
  await until("the agent is connected over wss", async () => {
    const { containerInstances } = await aws([...describe, agent.containerInstanceArn]);
    return containerInstances[0].agentConnected;
  });
  // Commands of the data directory find what to trust in it.
  const stats = await runSealift("stats", "--data", sealift.data, "--no-stream", "--json");
  assert.deepEqual([stats.code, stats.stdout], [0, "[]\n"], stats.stderr);
  const { stdout } = await runSealift("env", "--data", sealift.data);
  assert.ok(stdout.includes(`export AWS_CA_BUNDLE='${caCert}'`), stdout);

  const before = await shownSerial(sealift.endpoint);
  await files.put(issue());
  process.kill(sealift.pid, "SIGHUP");
  await until("the server shows the new certificate", async () => (await shownSerial(sealift.endpoint)) !== before);
  assert.equal((await aws(["sts", "get-caller-identity"])).Account, "000000000000");
  await writeFile(files.file("cert.pem"), "nonsense");
  process.kill(sealift.pid, "SIGHUP");
  await until("the server says so", () => /Cannot read the certificate anew/.test(sealift.stderr()));
  assert.equal((await aws(["sts", "get-caller-identity"])).Account, "000000000000");
});
