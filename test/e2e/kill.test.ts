import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type Child, startChild } from "../bench/child.ts";
import { type Clients, clientsOf } from "../support/clients.ts";
import { throwAwayData } from "../support/throw-away.ts";

const kills = 100;
/** Milliseconds of load before a kill. */
const longestLoad = 250;
const writers = 4;
const main = join(import.meta.dirname, "../../src/main.ts");

/** The writes that were acknowledged since the last start. */
interface Acknowledged {
  /** Values by version, of each parameter. */
  readonly parameters: Map<string, Map<number, string>>;
  /** Values by version, of each secret. */
  readonly secrets: Map<string, Map<string, string>>;
  readonly keys: { readonly keyId: string; readonly ciphertext: Uint8Array | undefined }[];
  /** Labels by parameter and version. */
  readonly labels: Map<string, number>;
}

test(`an acknowledged write survives kill -9, ${kills} times`, { timeout: 280_000 }, async (t) => {
  await using data = await throwAwayData();
  const start = () => startChild([main, "up", "--port", "0", "--data", data.path, "--no-agent"]);
  let server = await start();
  await using resources = new AsyncDisposableStack();
  resources.defer(() => server[Symbol.asyncDispose]());
  const credentials = JSON.parse(await readFile(join(data.path, "root-access-key.json"), "utf8"));
  const clients = () => clientsOf({ endpoint: `http://127.0.0.1:${server.port}`, region: "us-east-1", credentials });
  let aws = clients();
  for (let writer = 0; writer < writers; writer++) {
    await aws.secretsManager.createSecret({ Name: `s${writer}`, AddReplicaRegions: [{ Region: "eu-west-1" }] });
  }
  let writes = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const acknowledged = await loadUntilKilled(server, aws, randomInt(10, longestLoad));
    server = await start();
    aws = clients();
    writes += await assertThere(aws, acknowledged);
    if (kill % 10 === 0) assertHealthy(data.path);
  }
  await assertGapless(aws);
  await server[Symbol.asyncDispose]();
  assertHealthy(data.path);
  t.diagnostic(`${writes} acknowledged writes`);
  assert.ok(writes > kills, "there was no load to speak of");
});

async function loadUntilKilled(server: Child, aws: Clients, milliseconds: number): Promise<Acknowledged> {
  const acknowledged: Acknowledged = { parameters: new Map(), secrets: new Map(), keys: [], labels: new Map() };
  let killed = false;
  /** Writes one after the other until the server is gone: what then fails was not acknowledged. */
  async function write(once: () => Promise<void>): Promise<void> {
    while (!killed) {
      try {
        await once();
      } catch (error) {
        if (!killed) throw error;
      }
    }
  }
  const working = Array.from({ length: writers }, (_, writer) => [
    write(() => putParameter(aws, `/kill/${writer}`, acknowledged)),
    write(() => putSecretValue(aws, `s${writer}`, acknowledged)),
  ]).flat();
  working.push(write(() => createKey(aws, acknowledged)));
  await setTimeout(milliseconds);
  killed = true;
  process.kill(server.pid, "SIGKILL");
  await server[Symbol.asyncDispose]();
  await Promise.all(working);
  return acknowledged;
}

async function putParameter({ ssm }: Clients, name: string, { parameters, labels }: Acknowledged): Promise<void> {
  const value = randomUUID();
  const put = await ssm.putParameter({ Name: name, Value: value, Type: "SecureString", Overwrite: true });
  parameters.set(name, (parameters.get(name) ?? new Map()).set(put.Version!, value));
  await ssm.labelParameterVersion({ Name: name, ParameterVersion: put.Version!, Labels: ["newest"] });
  labels.set(name, put.Version!);
}

async function putSecretValue({ secretsManager }: Clients, name: string, { secrets }: Acknowledged): Promise<void> {
  const value = randomUUID();
  const put = await secretsManager.putSecretValue({ SecretId: name, SecretString: value });
  secrets.set(name, (secrets.get(name) ?? new Map()).set(put.VersionId!, value));
}

async function createKey({ kms }: Clients, { keys }: Acknowledged): Promise<void> {
  const { KeyMetadata: key } = await kms.createKey({});
  keys.push({ keyId: key!.KeyId!, ciphertext: undefined });
  const { CiphertextBlob: ciphertext } = await kms.encrypt({ KeyId: key!.KeyId!, Plaintext: Buffer.from("text") });
  keys.push({ keyId: key!.KeyId!, ciphertext });
}

/** Gives the number of writes that were looked for. */
async function assertThere(aws: Clients, { parameters, secrets, keys, labels }: Acknowledged): Promise<number> {
  let count = keys.length + labels.size;
  for (const [name, versions] of parameters) {
    const stored = await historyOf(aws, name);
    for (const [version, value] of versions) assert.equal(stored.get(version), value, `${name}:${version}`);
    count += versions.size;
  }
  for (const [name, version] of labels) {
    const { Parameter } = await aws.ssm.getParameter({ Name: `${name}:newest` });
    assert.ok(Parameter!.Version! >= version, `the label of ${name} is at ${Parameter!.Version}, not at ${version}`);
  }
  for (const [name, versions] of secrets) {
    for (const [version, value] of versions) {
      const { SecretString } = await aws.secretsManager.getSecretValue({ SecretId: name, VersionId: version });
      assert.equal(SecretString, value);
    }
    count += versions.size;
  }
  for (const { keyId, ciphertext } of keys) {
    if (!ciphertext) await aws.kms.describeKey({ KeyId: keyId });
    else assert.equal(String(Buffer.from((await aws.kms.decrypt({ CiphertextBlob: ciphertext })).Plaintext!)), "text");
  }
  return count;
}

async function historyOf({ ssm }: Clients, name: string): Promise<ReadonlyMap<number, string>> {
  const stored = new Map<number, string>();
  let token: string | undefined;
  do {
    const page = await ssm.getParameterHistory({ Name: name, WithDecryption: true, NextToken: token });
    for (const { Version, Value } of page.Parameters!) stored.set(Version!, Value!);
    token = page.NextToken;
  } while (token !== undefined);
  return stored;
}

async function assertGapless(aws: Clients): Promise<void> {
  for (let writer = 0; writer < writers; writer++) {
    const versions = [...(await historyOf(aws, `/kill/${writer}`)).keys()];
    const first = versions[0]!;
    assert.deepEqual(
      versions,
      versions.map((_, index) => first + index),
    );
  }
}

function assertHealthy(data: string): void {
  const database = new DatabaseSync(join(data, "sealift.db"), { readOnly: true });
  const rows = database.prepare("pragma integrity_check").all();
  database.close();
  assert.deepEqual(rows.map(Object.values), [["ok"]]);
}
