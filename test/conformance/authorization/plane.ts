import { randomBytes } from "node:crypto";
import { fakeClock } from "../../../src/clock.ts";
import type { BoundOperation, Operations } from "../../../src/front-door/service.ts";
import { type Keyring, keyring } from "../../../src/keyring/keyring.ts";
import { silentLog } from "../../../src/log.ts";
import type { Access, Call } from "../../../src/model/call.ts";
import { accessesOf } from "../../../src/model/operation.ts";
import type { Violation } from "../../../src/model/violations.ts";
import { controlPlane } from "../../../src/server/control-plane.ts";
import { ensureDefaultCluster } from "../../../src/services/ecs/index.ts";
import { systemSurroundings } from "../../../src/surroundings.ts";
import { openEmptySqlite } from "../../support/databases.ts";
import { testAccount, testCall, testRegion } from "../../support/in-process.ts";

export type Input = Readonly<Record<string, unknown>>;

/** Every service over one empty database, called below the wire as the root user. */
export async function openPlane(seal: Keyring = keyring(randomBytes(32))) {
  const database = await openEmptySqlite();
  const clock = fakeClock();
  const plane = controlPlane({
    ...{ database, keyring: seal, surroundings: { ...systemSurroundings(silentLog), clock } },
    ...{ account: testAccount, rootKeyIds: [], partition: "aws", region: testRegion },
  });
  await ensureDefaultCluster(plane.ecs, { account: testAccount, region: testRegion, partition: "aws" });
  const operationsOf = new Map<string, Operations>();
  for (const service of plane.services) {
    const operations = await service.load();
    await Promise.all(operations.names.map(operations.load));
    operationsOf.set(service.signingName, operations);
  }

  function bound(service: string, name: string): BoundOperation {
    const found = operationsOf.get(service)?.find(name);
    if (!found) throw new Error(`There is no ${service}:${name}`);
    return found;
  }

  async function authorized(service: string, name: string, input: Input, caller?: Call) {
    const { operation, context, check } = bound(service, name);
    const problems: Violation[] = [];
    check(input, "", problems);
    const [problem] = problems;
    if (problem) throw new Error(`No valid input of ${service}:${name}: ${problem.message}`);
    const call = caller ?? testCall(clock);
    const found = await operation.find(input as never, call, context);
    return { found, accesses: accessesOf(service, operation, found, input, call) };
  }

  return {
    database,
    controlPlane: plane,
    services: plane.services,
    ecs: plane.ecs,
    clock,
    names: (service: string) => operationsOf.get(service)!.names,
    bound,
    /** The accesses that a call needs. The caller is the root user unless given. */
    async accesses(service: string, name: string, input: Input, caller?: Call): Promise<readonly Access[]> {
      return (await authorized(service, name, input, caller)).accesses;
    },
    /** Calls an operation, allowed or not. */
    async run<Output = unknown>(service: string, name: string, input: Input, region = testRegion): Promise<Output> {
      const call = testCall(clock, undefined, region);
      const { found } = await authorized(service, name, input, call);
      const { operation, context } = bound(service, name);
      return (await operation.run(found as never, input as never, context, call)) as Output;
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

export type Plane = Awaited<ReturnType<typeof openPlane>>;
