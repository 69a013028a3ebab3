import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { test } from "node:test";
import { decrypt, encrypt } from "../../../keyring/keyring.ts";
import type { Group } from "../groups/group.ts";
import type { BatchSummary } from "./batch-records.ts";
import { blockOf, pack } from "./block.ts";
import { type ReaderOptions, readEvents } from "./read.ts";

const secret = createSecretKey(Buffer.alloc(32, 1));
const key = {
  ...{ id: "key", secret },
  seal: (plaintext: Uint8Array, batch: string) => encrypt(secret, plaintext, Buffer.from(batch)),
  open: (sealed: Uint8Array, batch: string) => decrypt(secret, sealed, Buffer.from(batch)),
};

/** Batches of so many streams, one a stream, that lie over one another. Several events have the same time. */
async function overlapping(streams: number, events: number): Promise<ReaderOptions & { readonly opened: string[] }> {
  const kept: (BatchSummary & { readonly data: Uint8Array })[] = [];
  for (let stream = 0; stream < streams; stream++) {
    const id = `00000000-0000-7000-8000-${String(stream).padStart(12, "0")}`;
    const input = Array.from({ length: events }, (_, number) => ({
      timestamp: 1_000 + stream + number * 3,
      message: `${stream}/${number} ${"x".repeat(number % 7 === 0 ? 900 : 90)}`,
    }));
    const block = blockOf({ batch: id, ingestedAt: 1 }, input);
    kept.push({
      ...{ id, groupId: "group", streamId: String(stream), keyId: "key", events, size: block.text.length },
      ...{ firstAt: input[0]!.timestamp, lastAt: input.at(-1)!.timestamp, ingestedAt: 1 },
      data: key.seal(await pack(block), id),
    });
  }
  const opened: string[] = [];
  return {
    opened,
    keys: { get: async () => key },
    batches: {
      async list(range, newestFirst, after, limit) {
        const time = ({ firstAt, lastAt }: BatchSummary) => (newestFirst ? -lastAt : firstAt);
        const order = (one: BatchSummary, other: BatchSummary) =>
          time(one) - time(other) || (one.id < other.id === newestFirst ? 1 : -1);
        const listed = kept.filter(({ firstAt, lastAt }) => lastAt >= range.from && firstAt <= range.to).sort(order);
        const from = after === undefined ? 0 : listed.findIndex(({ id }) => id === after[1]) + 1;
        return listed.slice(from, from + limit);
      },
      async data(id) {
        opened.push(id);
        return new Uint8Array(kept.find((batch) => batch.id === id)!.data);
      },
    },
  };
}

const group = { id: "group", keyId: "key" } as Group;
const range = { groupId: "group", streamIds: undefined, from: 0, to: Number.MAX_SAFE_INTEGER };

for (const newestFirst of [false, true]) {
  test(`Reading ${newestFirst ? "back" : "on"}, batches over one another come in order whatever may be held`, async () => {
    const read = async (held: number, from = range.from) => {
      const options = await overlapping(12, 40);
      const events: string[] = [];
      await readEvents(options, group, {
        ...{ range: { ...range, from }, newestFirst, after: undefined, held },
        take: ({ timestamp, message }, streamId) => {
          events.push(`${timestamp} ${streamId} ${message}`);
          return true;
        },
      });
      return { events, opened: options.opened.length };
    };
    const whole = await read(Number.POSITIVE_INFINITY);
    assert.equal(whole.opened, 12);
    assert.equal(new Set(whole.events).size, 12 * 40);
    const times = whole.events.map((event) => Number.parseInt(event, 10));
    assert.deepEqual(
      times,
      times.toSorted((one, other) => (newestFirst ? other - one : one - other)),
    );
    for (const held of [50_000, 5_000]) {
      const bounded = await read(held);
      assert.deepEqual(bounded.events, whole.events, `${held} bytes`);
      assert.ok(bounded.opened > 12);
    }
    const later = await read(5_000, 1_060);
    assert.deepEqual(
      later.events,
      whole.events.filter((event) => Number.parseInt(event, 10) >= 1_060),
    );
  });
}
