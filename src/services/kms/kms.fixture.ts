import { randomBytes } from "node:crypto";
import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetPublicKeyCommand,
  KMS,
  type KMSClient,
  ListKeyRotationsCommand,
  type ListKeyRotationsCommandInput,
} from "@aws-sdk/client-kms";
import { databases, type TestDatabase } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testRegion } from "../../../test/support/in-process.ts";
import { keptKeyPair } from "../../../test/support/kept-key-pairs.ts";
import { type EventDocument, eventStore } from "../../audit/index.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { type Keyring, keyring } from "../../keyring/keyring.ts";
import type { Access, Authorize, Principal } from "../../model/call.ts";
import type { Database } from "../../storage/database.ts";
import { cloudTrailService } from "../cloudtrail/index.ts";
import type { Kms } from "./context.ts";
import { encryptionThrough, kmsService, kmsStore } from "./index.ts";
import type { KeyEventOptions } from "./keys/audit-events.ts";

export { day } from "./store-parts.ts";

/** For stores whose audit events no test reads. */
export const untold: KeyEventOptions = { events: { record: async () => {} }, partition: "aws" };

interface Deciders extends Pick<Kms, "principalExists"> {
  /** Everything is allowed unless given. */
  readonly authorize?: Authorize;
}

/** KMS over a database of its own, behind the real SDK client. `decidersOf` makes what decides about its calls. */
export async function openKms(
  testDatabase: TestDatabase = databases()[0]!,
  decidersOf: (base: { readonly database: Database; readonly keyring: Keyring }) => Deciders = () => ({}),
) {
  const database = await testDatabase.open();
  const clock = fakeClock();
  const rootKey = randomBytes(32);
  const asked: Access[] = [];
  const caller: { principal: Principal } = { principal: rootPrincipal };
  let change: (() => Promise<unknown>) | undefined;
  const { authorize: decide, ...deciders } = decidersOf({ database, keyring: keyring(rootKey) });

  const authorize: Authorize = async (call, access) => {
    asked.push(access);
    const denial = await decide?.(call, access);
    const once = change;
    change = undefined;
    await once?.();
    return denial;
  };

  function open() {
    const seal = keyring(rootKey);
    const events = eventStore({ database, keyring: seal, clock, ids: randomIds });
    const store = kmsStore(database, seal, clock, randomIds, { events, partition: "aws", newKeyPair: keptKeyPair });
    const services = [kmsService({ store, authorize, ...deciders }), cloudTrailService({ events })];
    const config = inProcess(services, { clock, authorize, principal: () => caller.principal });
    return {
      store,
      events,
      kms: new KMS(config),
      kmsIn: (region: string) => new KMS({ ...config, region }),
      encryption: encryptionThrough({ store }, authorize),
      /** The events that LookupEvents finds in a region, the oldest first. */
      async eventsIn(region: string = testRegion): Promise<EventDocument[]> {
        const { Events } = await new CloudTrailClient({ ...config, region }).send(new LookupEventsCommand({}));
        return Events!.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent!)).reverse();
      },
    };
  }

  const opened = open();
  const { kms, store } = opened;
  return {
    ...opened,
    database,
    clock,
    /** Every access that was decided about. */
    asked,
    /** The caller of every request. */
    caller,
    /** Lets another caller ask. */
    as<T>(principal: Principal, ask: () => Promise<T>): Promise<T> {
      caller.principal = principal;
      return ask().finally(() => {
        caller.principal = rootPrincipal;
      });
    },
    /** Does something after the next access is decided, and before the operation runs. */
    meanwhile(work: () => Promise<unknown>): void {
      change = work;
    },
    create: (input: CreateKeyCommandInput = {}) => createKey(kms, input),
    async publicKey(KeyId: string) {
      return (await kms.send(new GetPublicKeyCommand({ KeyId }))).PublicKey!;
    },
    /** The stored private key in PKCS #8, or the stored secret. */
    async material(id: string) {
      const key = (await store.materials.find((await store.keys.find(testRegion, id))!, 1))!;
      return key.type === "secret" ? key.export() : key.export({ type: "pkcs8", format: "der" });
    },
    /** The same database in another process, with nothing in memory. */
    restarted: () => open().kms,
    /** The same, running beside this one. */
    another: open,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

export type OpenKms = Awaited<ReturnType<typeof openKms>>;

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

export const Plaintext = new Uint8Array(Buffer.from("a secret"));

export async function encrypt(kms: KMSClient, KeyId: string): Promise<Uint8Array> {
  return (await kms.send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob!;
}

export async function decrypt(kms: KMSClient, CiphertextBlob: Uint8Array): Promise<Uint8Array> {
  return (await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext!;
}
