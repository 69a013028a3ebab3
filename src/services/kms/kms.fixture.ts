import { randomBytes } from "node:crypto";
import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { CreateKeyCommand, type CreateKeyCommandInput, GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { databases, type TestDatabase } from "../../../test/support/databases.ts";
import { inProcess, testRegion } from "../../../test/support/in-process.ts";
import { type EventDocument, eventStore } from "../../audit/index.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Access } from "../../model/call.ts";
import { cloudTrailService } from "../cloudtrail/index.ts";
import { keyStore, kmsService } from "./index.ts";
import type { KeyEventOptions } from "./keys/audit-events.ts";

/** For stores of which no test asks what they did by themselves. */
export const untold: KeyEventOptions = { events: { record: async () => {} }, partition: "aws" };

/** KMS over a database of its own, in which everything is allowed; `asked` is what was authorised. */
export async function openKms(testDatabase: TestDatabase = databases()[0]!) {
  const database = await testDatabase.open();
  const clock = fakeClock();
  const rootKey = randomBytes(32);
  const asked: Access[] = [];
  const authorize = async (_call: unknown, access: Access) => {
    asked.push(access);
    return undefined;
  };
  const open = () => {
    const seal = keyring(rootKey);
    const events = eventStore({ database, keyring: seal, clock, ids: randomIds });
    const keys = keyStore(database, seal, clock, randomIds, { events, partition: "aws" });
    const services = [kmsService({ keys, authorize }), cloudTrailService({ events })];
    const config = inProcess(services, { clock, authorize });
    return {
      keys,
      events,
      kms: new KMSClient(config),
      kmsIn: (region: string) => new KMSClient({ ...config, region }),
      /** What LookupEvents finds in a region, the oldest first. */
      async eventsIn(region: string = testRegion): Promise<EventDocument[]> {
        const { Events } = await new CloudTrailClient({ ...config, region }).send(new LookupEventsCommand({}));
        return Events!.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent!)).reverse();
      },
    };
  };
  const { keys, kms, kmsIn, events, eventsIn } = open();
  return {
    kms,
    kmsIn,
    keys,
    events,
    eventsIn,
    database,
    clock,
    asked,
    async create(input: CreateKeyCommandInput = {}) {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
      return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn!, metadata: KeyMetadata! };
    },
    async publicKey(KeyId: string) {
      return (await kms.send(new GetPublicKeyCommand({ KeyId }))).PublicKey!;
    },
    /** The private key in PKCS #8, or the secret, as the store has it. */
    async material(id: string) {
      const key = (await keys.material((await keys.find(testRegion, id))!, 1))!;
      return key.type === "secret" ? key.export() : key.export({ type: "pkcs8", format: "der" });
    },
    /** The same database as another process has it, with nothing in memory. */
    restarted: () => open().kms,
    /** The same, running beside this one. */
    another: open,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

export type OpenKms = Awaited<ReturnType<typeof openKms>>;
