import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { startChild } from "../bench/child.ts";
import { type Clients, clientsOf } from "../support/clients.ts";
import { sealiftProgram } from "../support/program.ts";
import { startSealiftHere } from "../support/sealift-here.ts";
import { throwAwayData, throwAwayDirectory } from "../support/throw-away.ts";
import { until } from "../support/until.ts";

const moments = 100;
/** With `--deep` every moment is a kill. */
const isDeep = process.env.SEALIFT_DEEP !== undefined;
/**
 * Every tenth moment is a kill. At the others the server's threads are stopped while its files are copied: the copies are what
 * a kill would have left, and the server need not be started again. Systems without `/proc` do not tell when threads stand.
 */
const isKilled = (moment: number) => isDeep || moment % 10 === 0 || process.platform !== "linux";
/** Milliseconds of load before a moment: what is under way then counts, and each write before it costs a look afterwards. */
const longestLoad = 100;
const writers = 4;

/** The writes that were acknowledged since the moment before. */
interface Acknowledged {
  /** Values by version, of each parameter. */
  readonly parameters: Map<string, Map<number, string>>;
  /** Values by version, of each secret. */
  readonly secrets: Map<string, Map<string, string>>;
  readonly keys: { readonly keyId: string; readonly ciphertext: Uint8Array | undefined }[];
  /** Labels by parameter and version. */
  readonly labels: Map<string, number>;
}

test(`an acknowledged write survives kill -9 at any moment, ${moments} times`, { timeout: 580_000 }, async (t) => {
  await using data = await throwAwayData();
  const start = () => startChild([sealiftProgram, "up", "--port", "0", "--data", data.path, "--no-agent"]);
  let server = await start();
  await using resources = new AsyncDisposableStack();
  resources.defer(() => server[Symbol.asyncDispose]());
  const credentials = JSON.parse(await readFile(join(data.path, "root-access-key.json"), "utf8"));
  const clients = () => clientsOf({ endpoint: `http://127.0.0.1:${server.port}`, region: "us-east-1", credentials });
  let aws = clients();
  for (let writer = 0; writer < writers; writer++) {
    await aws.secretsManager.createSecret({ Name: `s${writer}`, AddReplicaRegions: [{ Region: "eu-west-1" }] });
    await aws.ssm.putParameter({ Name: `/kill/${writer}`, Value: "first", Type: "SecureString" });
  }
  let writes = 0;
  let load = startLoad(aws);
  resources.defer(async () => void (await load.end()));
  for (let moment = 1; moment <= moments; moment++) {
    // A new server loads its services first. Some kills come before it has answered.
    if (randomInt(4) > 0) await load.begun();
    await setTimeout(randomInt(longestLoad));
    if (isKilled(moment)) {
      process.kill(server.pid, "SIGKILL");
      load.expectEnd();
      await server[Symbol.asyncDispose]();
      const acknowledged = await load.end();
      server = await start();
      aws = clients();
      writes += await assertThere(aws, acknowledged);
      assertHealthy(data.path);
      if (moment < moments) load = startLoad(aws);
    } else {
      using _ = await stopThreads(server.pid);
      await using copy = await throwAwayDirectory();
      cpSync(data.path, copy.path, { recursive: true });
      const acknowledged = load.acknowledged();
      await using another = await startSealiftHere(copy.path);
      writes += await assertThere(another.clients, acknowledged);
    }
  }
  await assertGapless(aws);
  await server[Symbol.asyncDispose]();
  assertHealthy(data.path);
  t.diagnostic(`${writes} acknowledged writes`);
  assert.ok(writes > moments, "there was no load to speak of");
});

/** Resolves once every thread of the process stands. Disposing lets them go on. */
async function stopThreads(pid: number): Promise<Disposable> {
  process.kill(pid, "SIGSTOP");
  const threads = readdirSync(`/proc/${pid}/task`);
  const stands = (thread: string) => /^State:\tT/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, "utf8"));
  await until("the server's threads stand", () => threads.every(stands), { pause: 1 });
  return { [Symbol.dispose]: () => void process.kill(pid, "SIGCONT") };
}

/** Writes until the server is over. */
function startLoad(aws: Clients) {
  let acknowledged = noWrites();
  let isOver = false;
  /** Writes one after the other until the server is gone: what then fails was not acknowledged. */
  async function write(once: () => Promise<void>): Promise<void> {
    while (!isOver) {
      try {
        await once();
      } catch (error) {
        if (!isOver) throw error;
      }
    }
  }
  const working = Array.from({ length: writers }, (_, writer) => [
    write(() => putParameter(aws, `/kill/${writer}`, () => acknowledged)),
    write(() => putSecretValue(aws, `s${writer}`, () => acknowledged)),
  ]).flat();
  working.push(write(() => createKey(aws, () => acknowledged)));
  const worked = Promise.all(working);
  worked.catch(() => {}); // `end` rejects with it
  return {
    /** The writes since the last call. */
    acknowledged(): Acknowledged {
      const writes = acknowledged;
      acknowledged = noWrites();
      return writes;
    },
    /** Resolves once something was acknowledged since the moment before, which takes long on a busy machine. */
    begun: () =>
      Promise.race([until("something is acknowledged", () => countOf(acknowledged) > 0, { pause: 5 }), worked]),
    /** From now on requests may fail. */
    expectEnd(): void {
      isOver = true;
    },
    async end(): Promise<Acknowledged> {
      isOver = true;
      await worked;
      return acknowledged;
    },
  };
}

function noWrites(): Acknowledged {
  return { parameters: new Map(), secrets: new Map(), keys: [], labels: new Map() };
}

function countOf({ parameters, secrets, keys }: Acknowledged): number {
  return parameters.size + secrets.size + keys.length;
}

async function putParameter({ ssm }: Clients, name: string, acknowledged: () => Acknowledged): Promise<void> {
  const value = randomUUID();
  const put = await ssm.putParameter({ Name: name, Value: value, Type: "SecureString", Overwrite: true });
  const { parameters } = acknowledged();
  parameters.set(name, (parameters.get(name) ?? new Map()).set(put.Version!, value));
  await ssm.labelParameterVersion({ Name: name, ParameterVersion: put.Version!, Labels: ["newest"] });
  acknowledged().labels.set(name, put.Version!);
}

async function putSecretValue(
  { secretsManager }: Clients,
  name: string,
  acknowledged: () => Acknowledged,
): Promise<void> {
  const value = randomUUID();
  const put = await secretsManager.putSecretValue({ SecretId: name, SecretString: value });
  const { secrets } = acknowledged();
  secrets.set(name, (secrets.get(name) ?? new Map()).set(put.VersionId!, value));
}

async function createKey({ kms }: Clients, acknowledged: () => Acknowledged): Promise<void> {
  const { KeyMetadata: key } = await kms.createKey({});
  acknowledged().keys.push({ keyId: key!.KeyId!, ciphertext: undefined });
  const { CiphertextBlob: ciphertext } = await kms.encrypt({ KeyId: key!.KeyId!, Plaintext: Buffer.from("text") });
  acknowledged().keys.push({ keyId: key!.KeyId!, ciphertext });
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
