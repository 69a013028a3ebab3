import { defined } from "../../../defined.ts";
import type { ContainerStats, NetworkStats, Stats } from "../../../runtime/stats.ts";

/** A document of Docker's statistics, with what AWS's agent adds. */
export type StatsDocument = Readonly<Record<string, unknown>>;

export interface StatsReader {
  /**
   * The use of a container, in the form of Docker's API; `namespace` is the container whose network it shares. `undefined` where
   * nothing is to be had: it does not run. The second look at a container says what changed since the first.
   */
  read(id: string, namespace: string | undefined): Promise<StatsDocument | undefined>;
}

/** Milliseconds that lie between two looks that are compared. */
const shortest = 1_000;

/** Containers whose latest looks are remembered. */
const mostLooks = 2_000;

interface Look {
  readonly readAt: string;
  readonly cpu: unknown;
  readonly networks: Networks | undefined;
}

type Networks = Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>;

/**
 * Reads statistics as they are now. AWS's agent has them sent to it every second for each container; here the figures of the time
 * before, by which rates are told, are those of the last request but at least a second old.
 */
export function statsReader(stats: Stats | undefined): StatsReader {
  const looks = new Map<string, { previous?: Look; latest: Look }>();

  async function documentOf(id: string): Promise<StatsDocument | undefined> {
    if (stats?.document) return stats.document(id);
    const found = await stats?.read(id);
    return found && converted(id, found);
  }

  return {
    async read(id, namespace) {
      const [own, shared] = await Promise.all([
        documentOf(id),
        namespace === undefined ? undefined : documentOf(namespace),
      ]);
      if (!own) return undefined;
      const networks = (own.networks ?? shared?.networks) as Networks | undefined;
      const latest: Look = { readAt: String(own.read), cpu: own.cpu_stats, networks };
      const before = looks.get(id);
      // Those that were looked at longest ago come first.
      looks.delete(id);
      for (const oldest of looks.keys()) if (looks.size >= mostLooks) looks.delete(oldest);
      const isApart = before && Date.parse(latest.readAt) - Date.parse(before.latest.readAt) >= shortest;
      const previous = isApart ? before.latest : before?.previous;
      looks.set(id, defined({ previous, latest: isApart || !before ? latest : before.latest }));
      return {
        ...own,
        ...(previous && { preread: previous.readAt, precpu_stats: previous.cpu }),
        ...defined({ networks, network_rate_stats: previous && ratesOf(previous, latest) }),
      };
    },
  };
}

function ratesOf(previous: Look, latest: Look): object | undefined {
  const seconds = (Date.parse(latest.readAt) - Date.parse(previous.readAt)) / 1000;
  if (!previous.networks || !latest.networks || !(seconds > 0)) return undefined;
  const [before, after] = [totals(previous.networks), totals(latest.networks)];
  const rate = (from: number, to: number) => Math.max(0, to - from) / seconds;
  return { rx_bytes_per_sec: rate(before.rx, after.rx), tx_bytes_per_sec: rate(before.tx, after.tx) };
}

function totals(networks: Networks) {
  const all = Object.values(networks);
  return {
    rx: all.reduce((sum, { rx_bytes }) => sum + rx_bytes, 0),
    tx: all.reduce((sum, { tx_bytes }) => sum + tx_bytes, 0),
  };
}

/** Docker's form of what a runtime without an Engine knows. */
function converted(id: string, { readAt, cpu, memory, networks, blockIo = [], pids }: ContainerStats): StatsDocument {
  return {
    read: readAt.toISOString(),
    preread: "0001-01-01T00:00:00Z",
    pids_stats: defined({ current: pids }),
    blkio_stats: {
      io_service_bytes_recursive: blockIo.map(({ device = { major: 0, minor: 0 }, operation, bytes }) => ({
        ...device,
        ...{ op: operation, value: bytes },
      })),
    },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: {
      cpu_usage: { total_usage: cpu.total, usage_in_kernelmode: cpu.kernel, usage_in_usermode: cpu.user },
      system_cpu_usage: cpu.machine,
      online_cpus: cpu.onlineCpus,
      throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
    },
    precpu_stats: {
      cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
      throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
    },
    memory_stats: { usage: memory.usage, stats: memory.details, limit: memory.limit },
    id,
    ...(networks && {
      networks: Object.fromEntries(Object.entries(networks).map(([name, network]) => [name, networkOf(network)])),
    }),
  };
}

function networkOf(network: NetworkStats): object {
  return {
    ...{ rx_bytes: network.rxBytes, rx_packets: network.rxPackets },
    ...{ rx_errors: network.rxErrors, rx_dropped: network.rxDropped },
    ...{ tx_bytes: network.txBytes, tx_packets: network.txPackets },
    ...{ tx_errors: network.txErrors, tx_dropped: network.txDropped },
  };
}
