import { randomBytes } from "node:crypto";
import { CreateKeyCommand, type CreateKeyCommandInput, GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { databases, type TestDatabase } from "../../../test/support/databases.ts";
import { inProcess, testRegion } from "../../../test/support/in-process.ts";
import type { Access } from "../../aws/call.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { keyStore, kmsService } from "./index.ts";

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
    const keys = keyStore(database, keyring(rootKey), clock, randomIds);
    const config = inProcess([kmsService({ keys, authorize })], { clock, authorize });
    return { keys, kms: new KMSClient(config), kmsIn: (region: string) => new KMSClient({ ...config, region }) };
  };
  const { keys, kms, kmsIn } = open();
  return {
    kms,
    kmsIn,
    keys,
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
