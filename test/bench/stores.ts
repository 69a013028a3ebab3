import { randomInt } from "node:crypto";
import { emptyPostgres } from "../support/databases.ts";
import { median } from "./child.ts";
import { startEcho } from "./echo.ts";
import { type Installation, install } from "./installation.ts";
import { inTurn } from "./load.ts";
import { type Figures, measure, sendAll, show } from "./measure.ts";
import { startMoto } from "./moto.ts";
import { type JsonCall, signedRequest, type Target } from "./signed-request.ts";
import { postgresStatements, type Statements, sqliteStatements } from "./statements.ts";

const sizes = [100, 100_000] as const;

/** Items in moto_server for each size. It slows down with every item: filling it with more would take an hour. */
const motoSizes = [100, 10_000] as const;
const durations = { warmUp: 3_000, measured: 3_000 };

/** Different requests that are sent in turn. They are made before, so that signing is not measured. */
const variety = 5_000;
const starts = 5;

type Kind = "read" | "write";
type Operation = readonly [name: string, kind: Kind, call: (item: number) => JsonCall];

const operations: readonly Operation[] = [
  ["GetParameter", "read", (item) => ["ssm", "AmazonSSM.GetParameter", { Name: name(item), WithDecryption: true }]],
  ["GetSecretValue", "read", (item) => ["secretsmanager", "secretsmanager.GetSecretValue", { SecretId: name(item) }]],
  ["PutParameter", "write", (item) => putParameter(item, true)],
  [
    "PutSecretValue",
    "write",
    (item) => ["secretsmanager", "secretsmanager.PutSecretValue", { SecretId: name(item), ...secretValue() }],
  ],
];

/** Measures reads and writes over few and over many stored items, on each database, against the floors and moto_server. */
export async function stores(): Promise<void> {
  const moto = await motoFigures();
  await storesOn("SQLite", [], sqliteStatements, moto);
  if (process.env.SEALIFT_TEST_POSTGRES === undefined) return console.log("PostgreSQL: skipped: none is named");
  await using database = await emptyPostgres();
  await storesOn("PostgreSQL", ["--database", database.url], postgresStatements, moto);
}

async function storesOn(
  title: string,
  flags: readonly string[],
  statements: (rows: number) => Promise<Statements>,
  moto: readonly ReadonlyMap<string, Figures>[],
): Promise<void> {
  await using installation = await install(["--no-agent", ...flags]);
  const before = new Map<string, number>();
  let stored = 0;
  for (const [index, size] of sizes.entries()) {
    const filled = await fill(installation.server.port, installation.target, stored, size);
    stored = size;
    console.log(`${title}, ${size} parameters and ${size} secrets; stored at ${filled.toFixed(0)} writes/s`);
    const bare = await statements(size);
    for (const [operation, kind, call] of operations) {
      const next = variousRequests(installation.target, size, call);
      await using echo = await startEcho(installation.server.port, next());
      const floor = await measure(echo, next, durations);
      const ours = await measure(installation.server, next, durations);
      const few = before.get(operation);
      before.set(operation, ours.requestsPerSecond);
      const rival = moto[index]?.get(operation);
      const lines = [
        show(ours),
        `${ratio(ours.requestsPerSecond, floor.requestsPerSecond)} of bare node:http (${floor.requestsPerSecond.toFixed(0)}/s)${kind === "read" ? ", budget ≥ 0.35" : ""}`,
        `${ratio(ours.requestsPerSecond, bare[`${kind}s`])} of a bare prepared statement (${bare[`${kind}s`].toFixed(0)}/s)`,
        rival &&
          `${ratio(ours.requestsPerSecond, rival.requestsPerSecond)} × moto_server over ${motoSizes[index]} items`,
        few !== undefined && `${ratio(few, ours.requestsPerSecond)} × slower than over ${sizes[0]}, budget ≤ 1.3`,
      ];
      console.log(`  ${operation}: ${lines.filter(Boolean).join("; ")}`);
    }
    const start = await startTime(installation);
    const few = before.get("start");
    before.set("start", start);
    const growth = few === undefined ? "" : `; ${ratio(start, few)} × of that over ${sizes[0]}, budget ≤ 1.3`;
    console.log(`  start to ready: ${start.toFixed(0)} ms${growth}`);
  }
}

function ratio(one: number, other: number): string {
  return (one / other).toFixed(2);
}

/** Stores the items from `from` up to `to`. Resolves to the writes a second. */
async function fill(port: number, target: Target, from: number, to: number, atOnce?: number): Promise<number> {
  function* requests() {
    for (let item = from; item < to; item++) {
      yield signedRequest(target, putParameter(item, false));
      const input = { Name: name(item), ...secretValue() };
      yield signedRequest(target, ["secretsmanager", "secretsmanager.CreateSecret", input]);
    }
  }
  return (await sendAll(port, requests(), atOnce)).requestsPerSecond;
}

/** Makes requests for random items. */
function variousRequests(target: Target, size: number, call: (item: number) => JsonCall): () => Buffer {
  return inTurn(Array.from({ length: variety }, () => signedRequest(target, call(randomInt(size)))));
}

async function startTime(installation: Installation): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < starts; start++) {
    await installation.restart();
    times.push(installation.server.startedIn);
  }
  return median(times);
}

/** Measures the same work of moto_server, over few and over many items; empty if it is not installed. */
async function motoFigures(): Promise<readonly ReadonlyMap<string, Figures>[]> {
  await using moto = await startMoto();
  if (!moto) return [];
  const { target } = moto;
  const all: ReadonlyMap<string, Figures>[] = [];
  let stored = 0;
  for (const size of motoSizes) {
    // It cannot handle new items that come at the same time.
    await fill(moto.port, target, stored, size, 1);
    stored = size;
    const figures = new Map<string, Figures>();
    for (const [operation, , call] of operations) {
      const measured = await measure(moto, variousRequests(target, size, call), durations);
      figures.set(operation, measured);
      console.log(`moto_server, ${size} parameters and secrets: ${operation}: ${show(measured)}`);
    }
    all.push(figures);
  }
  return all;
}

function name(item: number): string {
  return `/bench/item-${item}`;
}

function putParameter(item: number, overwrite: boolean): JsonCall {
  const input = { Name: name(item), Type: "SecureString", Value: text(), Overwrite: overwrite };
  return ["ssm", "AmazonSSM.PutParameter", input];
}

function secretValue() {
  return { SecretString: text(), ClientRequestToken: crypto.randomUUID() };
}

function text(): string {
  return `correct horse battery staple ${randomInt(1e9)}`;
}
