import assert from "node:assert/strict";
import { test } from "node:test";
import { containerStats, type EngineStats } from "./container-stats.ts";

const found: EngineStats = {
  read: "2026-01-02T03:04:05.123456789Z",
  pids_stats: { current: 3 },
  cpu_stats: {
    cpu_usage: { total_usage: 30, usage_in_usermode: 20, usage_in_kernelmode: 10 },
    ...{ system_cpu_usage: 1000, online_cpus: 2 },
  },
  memory_stats: { usage: 4096, limit: 8192, stats: { cache: 1024 } },
  networks: {
    eth0: {
      ...{ rx_bytes: 1, rx_packets: 2, rx_errors: 3, rx_dropped: 4 },
      ...{ tx_bytes: 5, tx_packets: 6, tx_errors: 7, tx_dropped: 8 },
    },
  },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 8, minor: 1, op: "Read", value: 10 },
      { major: 8, minor: 1, op: "write", value: 20 },
      { major: 8, minor: 1, op: "Total", value: 30 },
    ],
  },
};

test("containerStats keeps the Engine's figures and units", () => {
  const device = { major: 8, minor: 1 };
  assert.deepEqual(containerStats(found), {
    readAt: new Date("2026-01-02T03:04:05.123Z"),
    cpu: { total: 30, user: 20, kernel: 10, machine: 1000, onlineCpus: 2 },
    memory: { usage: 4096, limit: 8192, details: { cache: 1024 } },
    networks: {
      eth0: {
        ...{ rxBytes: 1, rxPackets: 2, rxErrors: 3, rxDropped: 4 },
        ...{ txBytes: 5, txPackets: 6, txErrors: 7, txDropped: 8 },
      },
    },
    blockIo: [
      { device, operation: "read", bytes: 10 },
      { device, operation: "write", bytes: 20 },
    ],
    pids: 3,
  });
});

test("containerStats leaves out what the Engine does not tell", () => {
  const { networks: _, pids_stats: __, ...rest } = found;
  const stats = containerStats({ ...rest, blkio_stats: { io_service_bytes_recursive: null } });
  assert.deepEqual([stats?.networks, stats?.pids, stats?.blockIo], [undefined, undefined, []]);
});

test("containerStats has nothing of a container that does not run", () => {
  assert.equal(containerStats({ ...found, read: "0001-01-01T00:00:00Z" }), undefined);
  assert.equal(containerStats({ ...found, memory_stats: {} }), undefined);
});
