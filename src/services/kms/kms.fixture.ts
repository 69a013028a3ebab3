import { randomBytes } from "node:crypto";
import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  KMSClient,
  ListKeyRotationsCommand,
  type ListKeyRotationsCommandInput,
} from "@aws-sdk/client-kms";
import type { TestDatabase } from "../../../test/support/databases.ts";
import { inProcess } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import { keyStore, kmsService } from "./index.ts";

export const day = 24 * 60 * 60 * 1000;

/** KMS in this process over an empty database. */
export async function openKms(testDatabase: TestDatabase) {
  const database = await testDatabase.open();
  const clock = fakeClock();
  const rootKey = randomBytes(32);
  const first = kmsOver(database, rootKey, clock);
  return {
    ...first,
    clock,
    database,
    /** As another server process over the same database. */
    another: () => kmsOver(database, rootKey, clock),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

function kmsOver(database: Database, rootKey: Uint8Array, clock: ReturnType<typeof fakeClock>) {
  const keys = keyStore(database, keyring(rootKey), clock, randomIds);
  const config = inProcess([kmsService({ keys, authorize: async () => undefined })], { clock });
  return { keys, kms: new KMSClient(config), kmsIn: (region: string) => new KMSClient({ ...config, region }) };
}

export async function createKey(kms: KMSClient, input: CreateKeyCommandInput = {}) {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn!, metadata: KeyMetadata! };
}

export async function describeKey(kms: KMSClient, KeyId: string) {
  return (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!;
}

export async function listRotations(kms: KMSClient, KeyId: string, input: Partial<ListKeyRotationsCommandInput> = {}) {
  return (await kms.send(new ListKeyRotationsCommand({ KeyId, ...input }))).Rotations!;
}
