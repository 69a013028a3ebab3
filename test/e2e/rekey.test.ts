import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { eventStore } from "../../src/audit/index.ts";
import { type Clock, systemClock } from "../../src/clock.ts";
import { randomIds } from "../../src/ids.ts";
import { keyring } from "../../src/keyring/keyring.ts";
import { sealedColumns } from "../../src/server/rekey.ts";
import { execRecords } from "../../src/services/ecs/exec/records.ts";
import { openSqlite } from "../../src/storage/sqlite.ts";
import { type Clients, clientsOf } from "../support/clients.ts";
import { memberAccount } from "../support/member-account.ts";
import { newDevice } from "../support/mfa-device.ts";
import { sealiftProgram } from "../support/program.ts";
import { samlProvider } from "../support/saml-provider.ts";
import { runSealift, startSealift } from "../support/sealift.ts";
import { startSealiftHere } from "../support/sealift-here.ts";
import { throwAwayData } from "../support/throw-away.ts";

const kills = 15;

/** Something in every column that is sealed; gives what checks that it can still be read. */
async function fill(filled: Clients): Promise<(clients: Clients) => Promise<void>> {
  const { ssm, secretsManager, kms, iam, ecs, logs } = filled;
  const member = await memberAccount(filled, "444455556666");
  await ssm.putParameter({ Name: "p", Type: "SecureString", Value: "parameter" });
  await secretsManager.createSecret({ Name: "s", SecretString: "secret" });
  const { KeyMetadata: rsa } = await kms.createKey({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
  const use = { KeyId: rsa!.KeyId!, Message: Buffer.from("text"), SigningAlgorithm: "RSASSA_PSS_SHA_256" } as const;
  await kms.createKey({ Origin: "EXTERNAL" });
  const { Signature } = await kms.sign(use);
  await iam.createUser({ UserName: "bob" });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
  const device = await newDevice(iam, "phone", systemClock);
  await ecs.registerTaskDefinition({
    family: "web",
    containerDefinitions: [
      { name: "web", image: "none", memory: 64, dockerLabels: { "sealift.process.command": '["sleep", "0.1"]' } },
    ],
  });
  const { tasks } = await ecs.runTask({ taskDefinition: "web" });
  const stream = { logGroupName: "group", logStreamName: "stream" };
  await logs.createLogGroup({ logGroupName: stream.logGroupName });
  await logs.createLogStream(stream);
  await logs.putLogEvents({ ...stream, logEvents: [{ timestamp: Date.now(), message: "a line" }] });
  await logs.startQuery({
    logGroupName: stream.logGroupName,
    startTime: 0,
    endTime: Date.now(),
    queryString: "fields @message",
  });
  await logs.putQueryDefinition({ name: "lines", queryString: "fields @message" });
  const provider = await samlProvider({ roleArn: "none", providerArn: "none", now: () => systemClock.now() });
  const AddPrivateKey = provider.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  await iam.createSAMLProvider({ Name: "saml", SAMLMetadataDocument: provider.metadata, AddPrivateKey });
  const { IssuerIdentifier: issuer } = await iam.enableOutboundWebIdentityFederation({});
  const asked = { Audience: ["others"], SigningAlgorithm: "RS256" };
  await filled.sts.getWebIdentityToken(asked);
  const keys = createLocalJWKSet((await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as JSONWebKeySet);
  return async (clients) => {
    const { WebIdentityToken: token } = await clients.sts.getWebIdentityToken(asked);
    assert.equal((await jwtVerify(token!, keys)).payload.aud, "others");
    const { Parameter } = await clients.ssm.getParameter({ Name: "p", WithDecryption: true });
    const { SecretString } = await clients.secretsManager.getSecretValue({ SecretId: "s" });
    assert.deepEqual([Parameter?.Value, SecretString], ["parameter", "secret"]);
    assert.equal((await clients.kms.verify({ ...use, Signature })).SignatureValid, true);
    const { events } = await clients.logs.getLogEvents({ ...stream, startFromHead: true });
    assert.deepEqual(
      events!.map(({ message }) => message),
      ["a line"],
    );
    const { queryDefinitions } = await clients.logs.describeQueryDefinitions({});
    assert.deepEqual(
      queryDefinitions!.map(({ queryString }) => queryString),
      ["fields @message"],
    );
    const found = await clients.ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] });
    assert.equal(found.tasks![0]!.containers![0]!.name, "web");
    const { UserId } = await clientsOf({
      endpoint: await endpointOf(clients),
      region: "us-east-1",
      credentials: { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! },
    }).sts.getCallerIdentity({});
    assert.match(UserId!, /^AIDA/);
    const bobs = { UserName: "bob", SerialNumber: device.SerialNumber };
    await clients.iam.enableMFADevice({ ...bobs, ...device.codes() });
    await clients.iam.deactivateMFADevice(bobs);
    const theirs = clientsOf({ ...member, endpoint: await endpointOf(clients) });
    assert.equal((await theirs.sts.getCallerIdentity({})).Account, "444455556666");
  };
}

async function endpointOf({ ssm }: Clients): Promise<string> {
  const { protocol, hostname, port } = await ssm.config.endpoint!();
  return `${protocol}//${hostname}:${port}`;
}

/** Every value of a column of bytes, by table, column and row. */
function bytesIn(data: string): ReadonlyMap<string, Uint8Array> {
  const database = new DatabaseSync(join(data, "sealift.db"), { readOnly: true });
  const found = new Map<string, Uint8Array>();
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
  for (const { name } of tables) {
    for (const [index, row] of database.prepare(`select * from "${name}"`).all().entries()) {
      for (const [column, value] of Object.entries(row)) {
        if (value instanceof Uint8Array) found.set(`${name}.${column} ${index}`, value);
      }
    }
  }
  database.close();
  return found;
}

/** True for the keyring's layout of sealed data: format, nonce, ciphertext, tag. */
function looksSealed(value: Uint8Array): boolean {
  return value[0] === 1 && value.length >= 29;
}

test("rekey seals everything anew, and nothing is lost", { timeout: 480_000 }, async () => {
  await using data = await throwAwayData();
  const options = { runtime: "process", data: data.path } as const;
  let check: (clients: Clients) => Promise<void>;
  {
    await using sealift = await startSealift(options);
    check = await fill(clientsOf(sealift));
    const refused = await runSealift("rekey", "--data", data.path);
    assert.equal(refused.code, 2, "it must not run beside a server");
    assert.match(refused.stderr, /another Sealift is running on it/);
    await check(clientsOf(sealift));
  }
  // Retention would do this after a long time.
  await purgeEvents(data.path, 100 * 86_400_000);
  await leavePending(data.path);
  await leaveExecSession(data.path);
  const before = bytesIn(data.path);
  const { code, stdout, stderr } = await runSealift("rekey", "--data", data.path);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Sealed \d+ values under the new root key/);
  const after = bytesIn(data.path);
  const kept = [...before].filter(([name, value]) => looksSealed(value) && Buffer.from(value).equals(after.get(name)!));
  // A batch of log events is sealed under the key of its group, which is sealed anew.
  assert.deepEqual(
    kept.map(([name]) => name).filter((name) => !name.startsWith("logs_batches.data ")),
    [],
    "a sealed column is not in the list",
  );
  const columns = new Set([...before].filter(([, value]) => looksSealed(value)).map(([name]) => name.split(" ")[0]));
  for (const { table, column } of sealedColumns) {
    assert.ok(columns.has(`${table}.${column}`), `${table}.${column} was empty, so this test says nothing of it`);
  }
  await purgeEvents(data.path);
  await using sealift = await startSealift(options);
  await check(clientsOf(sealift));
  const verified = await runSealift("audit", "verify", "--data", data.path);
  assert.equal(verified.code, 0, verified.stdout);
  const { Events: events } = await clientsOf(sealift).cloudTrail.lookupEvents(recorded);
  assert.equal(events!.length, 1);
});

const recorded = { LookupAttributes: [{ AttributeKey: "EventName" as const, AttributeValue: "RotationStarted" }] };

/** Records an event as a service does whose server is killed before it chains the event. */
async function leavePending(path: string): Promise<void> {
  await using opened = await openEvents(path, systemClock);
  const { database, events } = opened;
  const event = { service: "secretsmanager", name: "RotationStarted", time: new Date(), resources: [] };
  await database.transaction((db) => events.record({ account: "000000000000", region: "us-east-1", ...event }, db));
}

/** Records a session as ExecuteCommand does. */
async function leaveExecSession(path: string): Promise<void> {
  await using opened = await openEvents(path, systemClock);
  const { database, seal } = opened;
  const { arn: instanceArn } = await database.db.selectFrom("ecs_instances").select("arn").executeTakeFirstOrThrow();
  const session = {
    ...{ id: "ecs-execute-command-1", instanceArn, taskArn: "task", containerName: "web", command: "sh" },
    ...{ owner: { arn: "arn", userId: "id" }, targetId: "ecs:" },
  };
  await database.transaction((db) => execRecords(db, seal).issue(session, "hash", Date.now() + 60 * 60_000));
}

/** Removes old events as the server does once a minute, with a clock that is ahead by `after` milliseconds. */
async function purgeEvents(path: string, after = 0): Promise<void> {
  await using opened = await openEvents(path, { now: () => new Date(Date.now() + after) });
  await opened.events.purge();
}

async function openEvents(path: string, clock: Clock) {
  const database = await openSqlite(join(path, "sealift.db"));
  const seal = keyring(readFileSync(join(path, "root.key")));
  const events = eventStore({ database, keyring: seal, clock, ids: randomIds });
  return { database, seal, events, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

test(`rekey killed at any moment leaves what opens, ${kills} times`, { timeout: 480_000 }, async (t) => {
  await using data = await throwAwayData();
  const options = { runtime: "process", data: data.path, flags: ["--no-agent"] } as const;
  {
    await using sealift = await startSealift(options);
    const { ssm } = clientsOf(sealift);
    for (let item = 0; item < 20; item++)
      await ssm.putParameter({ Name: "p", Type: "SecureString", Value: "v", Overwrite: true });
    const { kms } = clientsOf(sealift);
    for (let item = 0; item < 300; item++) await kms.createKey({});
  }
  const outcomes = { killed: 0, done: 0 };
  for (let kill = 0; kill < kills; kill++) {
    const child = spawn(process.execPath, [
      "--disable-warning=ExperimentalWarning",
      sealiftProgram,
      "rekey",
      "--data",
      data.path,
    ]);
    const closed = once(child, "close");
    await Promise.race([setTimeout(randomInt(60, 320)), closed]);
    child.kill("SIGKILL");
    const [code] = await closed;
    outcomes[code === 0 ? "done" : "killed"]++;
    await using sealift = await startSealiftHere(data.path);
    const { Parameter } = await sealift.clients.ssm.getParameter({ Name: "p", WithDecryption: true });
    assert.equal(Parameter?.Value, "v");
    assert.deepEqual(
      readdirSync(data.path).filter((name) => name.startsWith("root.key")),
      ["root.key"],
    );
  }
  t.diagnostic(JSON.stringify(outcomes));
  assert.ok(outcomes.killed > 0);
});
