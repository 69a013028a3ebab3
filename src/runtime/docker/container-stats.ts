import { defined } from "../../defined.ts";
import type { BlockIoStats, ContainerStats, NetworkStats } from "../stats.ts";

/**
 * What this reads of the Engine's statistics.
 * https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerStats
 */
export interface EngineStats {
  readonly read: string;
  readonly pids_stats?: { readonly current?: number };
  readonly cpu_stats: {
    readonly cpu_usage: {
      readonly total_usage: number;
      readonly usage_in_usermode: number;
      readonly usage_in_kernelmode: number;
    };
    readonly system_cpu_usage?: number;
    readonly online_cpus?: number;
  };
  readonly memory_stats: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
  readonly networks?: Readonly<Record<string, EngineNetwork>>;
  readonly blkio_stats?: { readonly io_service_bytes_recursive?: readonly EngineBlockIo[] | null };
}

interface EngineNetwork {
  readonly rx_bytes: number;
  readonly rx_packets: number;
  readonly rx_errors: number;
  readonly rx_dropped: number;
  readonly tx_bytes: number;
  readonly tx_packets: number;
  readonly tx_errors: number;
  readonly tx_dropped: number;
}

interface EngineBlockIo {
  readonly major: number;
  readonly minor: number;
  readonly op: string;
  readonly value: number;
}

/** The Engine's statistics in the port's terms; `undefined` for a container that does not run. */
export function containerStats(found: EngineStats): ContainerStats | undefined {
  if (found.read.startsWith("0001-") || found.memory_stats.usage === undefined) return undefined;
  const { cpu_usage: cpu, system_cpu_usage: machine = 0, online_cpus: onlineCpus = 0 } = found.cpu_stats;
  const { usage, limit = 0, stats: details = {} } = found.memory_stats;
  const networks = found.networks && mapValues(found.networks, networkStats);
  return {
    readAt: new Date(found.read),
    cpu: {
      ...{ total: cpu.total_usage, user: cpu.usage_in_usermode, kernel: cpu.usage_in_kernelmode },
      ...{ machine, onlineCpus },
    },
    memory: { usage, limit, details },
    blockIo: (found.blkio_stats?.io_service_bytes_recursive ?? []).flatMap(blockIoStats),
    ...defined({ networks, pids: found.pids_stats?.current }),
  };
}

function networkStats(found: EngineNetwork): NetworkStats {
  return {
    ...{ rxBytes: found.rx_bytes, rxPackets: found.rx_packets },
    ...{ rxErrors: found.rx_errors, rxDropped: found.rx_dropped },
    ...{ txBytes: found.tx_bytes, txPackets: found.tx_packets },
    ...{ txErrors: found.tx_errors, txDropped: found.tx_dropped },
  };
}

/** "Read" with version 1 of control groups, "read" with version 2; the other operations are sums and kinds of the two. */
function blockIoStats({ major, minor, op, value: bytes }: EngineBlockIo): readonly BlockIoStats[] {
  const operation = op.toLowerCase();
  return operation === "read" || operation === "write" ? [{ device: { major, minor }, operation, bytes }] : [];
}

function mapValues<From, To>(
  members: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(value)]));
}
