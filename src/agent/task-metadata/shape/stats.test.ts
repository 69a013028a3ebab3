import assert from "node:assert/strict";
import { test } from "node:test";
import type { Stats } from "../../../runtime/stats.ts";
import { metadataWorld, runningTask } from "../metadata.fixture.ts";
import { statsReader } from "./stats.ts";

const start = Date.parse("2026-01-02T03:04:05.000Z");

/** Each look is a second and a half after the one before. */
function engine(options: { readonly sharesNetwork?: boolean } = {}): Stats {
  const looks = new Map<string, number>();
  return {
    read: () => Promise.reject(new Error("its document is asked for")),
    async *follow() {},
    async document(id) {
      if (id === "gone") return undefined;
      const look = looks.get(id) ?? 0;
      looks.set(id, look + 1);
      const networks = { eth0: { rx_bytes: 1_500 * look, tx_bytes: 300 * look } };
      return {
        read: new Date(start + look * 1_500).toISOString(),
        preread: "0001-01-01T00:00:00Z",
        cpu_stats: { cpu_usage: { total_usage: 100 * look } },
        precpu_stats: {},
        id,
        ...((!options.sharesNetwork || id === "pause") && { networks }),
      };
    },
  };
}

test("stats are the engine's document; the second look has the first beside it, and rates", async () => {
  const { read } = statsReader(engine());
  const first = await read("one", undefined);
  assert.deepEqual([first?.preread, first?.network_rate_stats], ["0001-01-01T00:00:00Z", undefined]);
  const second = await read("one", undefined);
  assert.equal(second?.preread, first?.read);
  assert.deepEqual(second?.precpu_stats, first?.cpu_stats);
  assert.deepEqual(second?.network_rate_stats, { rx_bytes_per_sec: 1_000, tx_bytes_per_sec: 200 });
  assert.equal(await read("gone", undefined), undefined);
});

test("an awsvpc container shows the network of the namespace that it shares", async () => {
  const { read } = statsReader(engine({ sharesNetwork: true }));
  await read("web", "pause");
  const second = await read("web", "pause");
  assert.deepEqual(second?.networks, { eth0: { rx_bytes: 1_500, tx_bytes: 300 } });
  assert.deepEqual(second?.network_rate_stats, { rx_bytes_per_sec: 1_000, tx_bytes_per_sec: 200 });
});

test("a runtime without documents is shown in Docker's form", async () => {
  const { read } = statsReader({
    async *follow() {},
    read: async () => ({
      readAt: new Date(start),
      cpu: { total: 30, user: 20, kernel: 10, machine: 400, onlineCpus: 2 },
      memory: { usage: 1_000, limit: 2_000, details: { rss: 900 } },
      blockIo: [{ operation: "read", bytes: 5 }],
      pids: 3,
    }),
  });
  const found = await read("one", undefined);
  assert.deepEqual(found?.memory_stats, { usage: 1_000, stats: { rss: 900 }, limit: 2_000 });
  assert.deepEqual(found?.pids_stats, { current: 3 });
  assert.deepEqual(found?.blkio_stats, { io_service_bytes_recursive: [{ major: 0, minor: 0, op: "read", value: 5 }] });
  assert.equal(found?.read, "2026-01-02T03:04:05.000Z");
});

test("the endpoint's stats of a container, of its task, and of what does not run", async () => {
  const { ask, id } = metadataWorld({ tasks: [runningTask()], stats: engine() });
  assert.equal(((await ask(`/v4/${id()}/stats`)).body as { id: string }).id, "web-id");
  const four = (await ask(`/v4/${id()}/task/stats`)).body as Record<string, Record<string, unknown>>;
  assert.ok("network_rate_stats" in four["web-id"]!);
  const three = (await ask(`/v3/${id()}/task/stats`)).body as Record<string, Record<string, unknown>>;
  assert.ok(three["web-id"] && !("network_rate_stats" in three["web-id"]));

  const none = metadataWorld({ tasks: [runningTask()] });
  const { status, body } = await none.ask(`/v4/${id()}/stats`);
  assert.deepEqual([status, body], [500, "Unable to get container stats for: web-id"]);
  assert.deepEqual((await none.ask(`/v4/${id()}/task/stats`)).body, { "web-id": {} });
  assert.deepEqual((await none.ask(`/v3/${id()}/task/stats`)).body, { "web-id": null });
});
