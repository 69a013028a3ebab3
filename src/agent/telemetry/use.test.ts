import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerStats } from "../../runtime/stats.ts";
import { useBetween } from "./use.ts";

const mebibyte = 1024 * 1024;

function stats(seconds: number, total: number, more: Partial<ContainerStats> = {}): ContainerStats {
  return {
    readAt: new Date(1_000_000 + seconds * 1000),
    cpu: { total, user: 0, kernel: 0, machine: 0, onlineCpus: 4 },
    memory: { usage: 10 * mebibyte, limit: 0, details: { inactive_file: 2 * mebibyte, cache: 5 * mebibyte } },
    ...more,
  };
}

function network(rxBytes: number, txBytes: number): Partial<ContainerStats> {
  const none = { rxPackets: 0, rxErrors: 0, rxDropped: 0, txPackets: 0, txErrors: 0, txDropped: 0 };
  return { networks: { eth0: { ...none, rxBytes, txBytes }, eth1: { ...none, rxBytes: 100, txBytes: 0 } } };
}

const cases: readonly [string, ContainerStats | undefined, ContainerStats, object][] = [
  ["a first reading has no speed", undefined, stats(0, 5e9), { memory: 8 }],
  ["two of four CPUs", stats(0, 0), stats(10, 20e9), { cpuPercent: 50, memory: 8 }],
  ["a container that was started again", stats(0, 5e9), stats(10, 1e9), { memory: 8 }],
  ["two readings of one moment", stats(0, 0), stats(0, 1e9), { memory: 8 }],
  [
    "network",
    stats(0, 0, network(0, 10)),
    stats(2, 0, network(300, 10)),
    { cpuPercent: 0, memory: 8, rxBytesPerSecond: 150, txBytesPerSecond: 0 },
  ],
  [
    "control groups of version 1",
    undefined,
    stats(0, 0, { memory: { usage: 10 * mebibyte, limit: 0, details: { cache: 4 * mebibyte } } }),
    { memory: 6 },
  ],
  [
    "a cache that is more than the use",
    undefined,
    stats(0, 0, { memory: { usage: mebibyte, limit: 0, details: { cache: 4 * mebibyte } } }),
    { memory: 1 },
  ],
];

for (const [what, earlier, now, use] of cases) {
  test(`use between two readings: ${what}`, () => assert.deepEqual(useBetween(earlier, now), use));
}
