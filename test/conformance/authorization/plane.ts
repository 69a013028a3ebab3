import { randomBytes } from "node:crypto";
import { pino } from "pino";
import type { Access, Call } from "../../../src/aws/call.ts";
import type { BoundOperation, Operations, Service } from "../../../src/aws/service.ts";
import { fakeClock } from "../../../src/clock.ts";
import { randomIds } from "../../../src/ids.ts";
import { keyring } from "../../../src/keyring/keyring.ts";
import { controlPlane } from "../../../src/server/control-plane.ts";
import { ensureDefaultCluster } from "../../../src/services/ecs/index.ts";
import { openSqlite } from "../../../src/storage/sqlite.ts";
import { testAccount, testCall, testRegion } from "../../support/in-process.ts";

export type Input = Readonly<Record<string, unknown>>;

/** Every service over one empty database, called below the wire as the root user. */
export async function openPlane() {
  const database = await openSqlite(":memory:");
  const clock = fakeClock();
  const plane = controlPlane({
    ...{ database, keyring: keyring(randomBytes(32)), clock, ids: randomIds, log: pino({ level: "silent" }) },
    ...{ account: testAccount, partition: "aws", region: testRegion },
  });
  await ensureDefaultCluster(plane.ecs, { account: testAccount, region: testRegion, partition: "aws" });
  const operationsOf = new Map<string, Operations>();
  for (const service of plane.services) operationsOf.set(service.signingName, await service.load());

  function bound(service: string, name: string): BoundOperation {
    const found = operationsOf.get(service)?.find(name);
    if (!found) throw new Error(`There is no ${service}:${name}`);
    return found;
  }

  async function accesses(service: string, name: string, input: Input, caller?: Call): Promise<readonly Access[]> {
    const { operation, context, check } = bound(service, name);
    const problems: string[] = [];
    check(input, "", problems);
    if (problems.length > 0) throw new Error(`No valid input of ${service}:${name}: ${problems.join("; ")}`);
    if (operation.access === "authenticated") return [];
    const asked = await operation.access(input as never, caller ?? testCall(clock), context);
    return Array.isArray(asked) ? asked : [asked as Access];
  }

  return {
    services: plane.services as readonly Service[],
    ecs: plane.ecs,
    clock,
    names: (service: string) => operationsOf.get(service)!.names,
    bound,
    /** What a call needs; the root user's unless given. */
    accesses,
    /** Calls an operation, allowed or not. */
    async run<Output = unknown>(service: string, name: string, input: Input, region = testRegion): Promise<Output> {
      const call = testCall(clock, undefined, region);
      await accesses(service, name, input, call);
      const { operation, context } = bound(service, name);
      return (await operation.run(input as never, context, call)) as Output;
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

export type Plane = Awaited<ReturnType<typeof openPlane>>;
