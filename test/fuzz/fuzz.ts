import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import { NormalizedSchema } from "@smithy/core/schema";
import type { StaticOperationSchema } from "@smithy/types";
import fc from "fast-check";
import { fakeClock } from "../../src/clock.ts";
import { type Dispatch, dispatcher } from "../../src/front-door/dispatcher.ts";
import type { Service } from "../../src/front-door/service.ts";
import { randomIds } from "../../src/ids.ts";
import { keyring } from "../../src/keyring/keyring.ts";
import { silentLog } from "../../src/log.ts";
import { controlPlane } from "../../src/server/control-plane.ts";
import { ensureDefaultCluster } from "../../src/services/ecs/index.ts";
import { services } from "../../src/services/index.ts";
import type { Database } from "../../src/storage/database.ts";
import { isUnstorable } from "../../src/storage/postgres.ts";
import { systemSurroundings } from "../../src/surroundings.ts";
import type { WireRequest } from "../../src/wire/protocol.ts";
import { databases } from "../support/databases.ts";
import { rootPrincipal, testAccount, testRegion } from "../support/in-process.ts";
import { fixture } from "./fixture.ts";
import { inputsOf } from "./inputs.ts";
import { formBodies, jsonBodies } from "./wire.ts";

const seed = Number(process.env.SEALIFT_FUZZ_SEED ?? randomInt(2 ** 31));

/** Inputs for each operation; more of them with `--deep`. PostgreSQL is slower, and has the same code before it. */
const [some, few] = process.env.SEALIFT_DEEP ? [250, 40] : [100, 16];
const runs = { sqlite: Number(process.env.SEALIFT_FUZZ_RUNS ?? some), postgres: few };

/** Milliseconds of the processor that one request may take, even a hostile one. */
const longest = 2_000;

type Opened = Awaited<ReturnType<typeof open>>;

async function open(database: Database) {
  const clock = fakeClock();
  const plane = controlPlane({
    ...{ database, keyring: keyring(randomBytes(32)), surroundings: { ...systemSurroundings(silentLog), clock } },
    ...{ account: testAccount, rootKeyIds: [], region: testRegion, partition: "aws" },
  });
  await ensureDefaultCluster(plane.ecs, { account: testAccount, region: testRegion, partition: "aws" });
  const causes: unknown[] = [];
  const dispatch = dispatcher({
    services: plane.services,
    partition: "aws",
    authenticate: async () => ({ principal: rootPrincipal, region: testRegion }),
    authorize: plane.authorize,
    now: () => clock.now(),
    requestId: randomIds.timedUuid,
    eventId: randomIds.timedUuid,
    audit: plane.audit,
    isUnstorable,
    onAnswer: ({ cause }) => causes.push(...(cause === undefined ? [] : [cause])),
  });
  return { plane, dispatch, causes, clock };
}

function wire(service: Service, operation: string, body: string, path = "/"): WireRequest {
  const target = service.targetPrefix && { "x-amz-target": `${service.targetPrefix}.${operation}` };
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/20260102/${testRegion}/${service.signingName}/aws4_request`;
  return {
    ...{ method: "POST", path, query: "", remoteAddress: "127.0.0.1" },
    headers: { authorization, host: "127.0.0.1", "user-agent": "fuzz", ...target },
    body: Buffer.from(body),
  };
}

/** Resolves to true if the operation succeeded. Throws if something is wrong with the answer. */
async function answered(dispatch: Dispatch, causes: unknown[], request: WireRequest): Promise<boolean> {
  const before = process.threadCpuUsage();
  const { status, body: answer } = await dispatch(request);
  const isStream = typeof answer === "object" && Symbol.asyncIterator in answer;
  const body = isStream ? "{}" : String(answer);
  // What is sent without an end begins, and is given up.
  if (isStream) for await (const _ of answer) break;
  const { user, system } = process.threadCpuUsage(before);
  const busy = (user + system) / 1_000;
  const cause = causes.shift();
  if (cause !== undefined) throw new Error("The operation failed internally", { cause });
  assert.ok(status >= 200 && status < 500, `${status} ${body}`);
  assert.ok(busy < longest, `busy for ${busy} ms`);
  if (body.startsWith("<")) assert.match(body, /^<\w.*<\/\w+>\s*$/s);
  else JSON.parse(body);
  return status === 200;
}

/** Declares the tests of these services, by the names of their folders, on every database. */
export function fuzz(...names: readonly string[]): void {
  for (const { name, open: openDatabase } of databases()) {
    test(`every operation of ${names.join(", ")} answers every input, and none fails (${name})`, {
      timeout: 280_000,
    }, async (t) => {
      t.diagnostic(`seed ${seed}: SEALIFT_FUZZ_SEED=${seed} repeats it`);
      await using database = await openDatabase();
      const opened = await open(database);
      const counts = { inputs: 0, done: 0 };
      for (const descriptor of services.filter((service) => names.includes(service.name))) {
        await fuzzService(opened, descriptor, runs[name], counts);
      }
      const { inputs, done } = counts;
      t.diagnostic(`${inputs} inputs, ${done} of them done`);
      assert.ok(done > inputs / 10, "inputs no longer get deep into the operations");
    });
  }
}

async function fuzzService(
  { plane, dispatch, causes, clock }: Opened,
  { signingName, load }: (typeof services)[number],
  numRuns: number,
  counts: { inputs: number; done: number },
): Promise<void> {
  const { model, operations } = await load();
  const resources = fixture(dispatch, plane.services, wire);
  const service = plane.services.find((one) => one.signingName === signingName);
  assert.ok(service && Object.keys(operations).length > 0, signingName);
  for (const loadOperation of Object.values(operations)) {
    const operation = await loadOperation();
    // Makes again what the previous operation deleted.
    const material = { model, ...(await resources(signingName)) };
    clock.advance(1_000);
    const { path, inputs } = asRequested(operation.schema, inputsOf(operation.schema[4], material));
    const isForm = service.protocol.contentType === "text/xml";
    const bodies = isForm ? formBodies(operation.name, inputs) : jsonBodies(inputs);
    const before = counts.inputs;
    const property = fc.asyncProperty(bodies, async (body) => {
      counts.inputs++;
      if (await answered(dispatch, causes, wire(service, operation.name, body, path))) counts.done++;
    });
    try {
      await fc.assert(property, { numRuns, seed, endOnFailure: true, verbose: fc.VerbosityLevel.None });
    } catch (error) {
      throw new Error(`${signingName} ${operation.name}`, { cause: error });
    }
    assert.ok(counts.inputs - before >= numRuns);
    await plane.purge();
  }
}

/** The path of a REST operation, and the member that is its whole body. */
function asRequested(schema: StaticOperationSchema, inputs: fc.Arbitrary<unknown>) {
  const { http } = Object(schema[3]) as { readonly http?: readonly [string, string, number] };
  const input = NormalizedSchema.of(schema[4]);
  const members = input.isStructSchema() ? [...input.structIterator()] : [];
  const [payload] = members.find(([, member]) => member.getMergedTraits().httpPayload) ?? [];
  const bodies = payload === undefined ? inputs : inputs.map((value) => Object(value)[payload]);
  return { path: http?.[1] ?? "/", inputs: bodies };
}
