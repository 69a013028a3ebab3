import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import type { Door } from "../link-local.ts";
import type { Bench } from "./bench.contract.ts";

export function linkLocalContract({ runtime }: Bench): void {
  function open(): Promise<Door> {
    const { linkLocal } = runtime();
    assert.ok(linkLocal);
    return linkLocal.open();
  }

  /** Answers with the address that the connection is from, and with all that it sends. */
  function echo(connection: Duplex, from: string): void {
    connection.write(`${from} `);
    connection.pipe(connection);
  }

  async function ask({ address }: Door, port: number, data: Buffer | string): Promise<Buffer> {
    const socket = connect({ host: address, port, allowHalfOpen: true });
    socket.end(data);
    return buffer(socket);
  }

  test("linkLocal: hands on what comes over a connection, and both its ends", async () => {
    await using door = await open();
    const port = await door.listen(0, echo);
    assert.ok(port);
    assert.equal((await ask(door, port, "hello")).toString(), `${door.address} hello`);
  });

  test("linkLocal: hands on a lot in both directions, over many connections at once", async () => {
    await using door = await open();
    const port = await door.listen(0, echo);
    assert.ok(port);
    const data = Buffer.alloc(1_000_000, "0123456789");
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(door, port, data)));
    for (const answer of answers) {
      assert.ok(answer.subarray(answer.indexOf(" ") + 1).equals(data), `${answer.length} bytes came back`);
    }
  });

  test("linkLocal: a client that reads nothing holds up nobody", async () => {
    await using door = await open();
    const data = Buffer.alloc(8_000_000);
    let written = 0;
    const port = await door.listen(0, (connection, from) => {
      if (written++ > 0) return echo(connection, from);
      connection.on("error", () => {});
      connection.write(data);
    });
    assert.ok(port);
    const lazy = connect({ host: door.address, port });
    await once(lazy, "readable");
    assert.equal((await ask(door, port, "hello")).toString(), `${door.address} hello`);
    lazy.destroy();
  });

  test("linkLocal: ends a connection that is destroyed at either end", async () => {
    await using door = await open();
    const ends: Duplex[] = [];
    const port = await door.listen(0, (connection) => void ends.push(connection.resume()));
    assert.ok(port);
    const [dropped, leaving] = [connect(port, door.address), connect(port, door.address)];
    await Promise.all([once(dropped, "connect"), once(leaving, "connect")]);
    while (ends.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    dropped.on("error", () => {});
    const [first, second] = ends as [Duplex, Duplex];
    const gone = once(dropped.resume(), "close");
    first.destroy();
    await gone;
    const ended = once(second, "end");
    leaving.destroy();
    await ended;
  });

  test("linkLocal: says so where a port is taken", async () => {
    await using door = await open();
    const port = await door.listen(0, echo);
    assert.ok(port);
    assert.equal(await door.listen(port, echo), undefined);
  });

  test("linkLocal: the port is free again once it was closed", async () => {
    const door = await open();
    const port = await door.listen(0, echo);
    assert.ok(port);
    await door[Symbol.asyncDispose]();
    await door.closed;
    await using next = await open();
    assert.equal(await next.listen(port, echo), port);
    assert.equal((await ask(next, port, "again")).toString(), `${door.address} again`);
  });
}
