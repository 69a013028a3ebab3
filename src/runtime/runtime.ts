import type { Containers } from "./containers.ts";
import type { RuntimeListener } from "./events.ts";
import type { Exec } from "./exec.ts";
import type { FileStores } from "./file-stores.ts";
import type { Images } from "./images.ts";
import type { Limits } from "./limits.ts";
import type { LinkLocal } from "./link-local.ts";
import type { Logs } from "./logs.ts";
import type { Networks } from "./networks.ts";
import type { Stats } from "./stats.ts";
import type { Volumes } from "./volumes.ts";

/**
 * The port between the agent and whatever runs containers. The adapters for Docker and for local processes, a fake for tests
 * and the contract suite that all three pass lie beside this file.
 *
 * Every method rejects with a `RuntimeUnavailableError` while the engine cannot be reached.
 */
export interface Runtime extends AsyncDisposable {
  readonly kind: "docker" | "process" | "fake";

  /** The size and abilities of this machine. */
  describe(): Promise<Machine>;

  readonly images: Images;
  readonly networks: Networks;
  readonly containers: Containers;

  /** Calls `listener` with every event, until the returned function is called. */
  events(listener: RuntimeListener): () => void;

  /** Capabilities: a runtime that cannot do it lacks the member. */
  readonly logs?: Logs;
  readonly stats?: Stats;
  readonly exec?: Exec;
  readonly volumes?: Volumes;
  readonly limits?: Limits;
  readonly fileStores?: FileStores;
  readonly linkLocal?: LinkLocal;
}

export interface Machine {
  /** Version of the Engine, or of Node for processes. */
  readonly version: string;
  /** CPU units: 1,024 a core. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly architecture: "x86_64" | "arm64";
  /** Log drivers that `ContainerSpec.log` may name. */
  readonly logDrivers: readonly string[];
  /** Containers have namespaces, devices and privileges of their own, and may be given the machine's. */
  readonly isolates: boolean;
  /** Drivers of the volumes that it can make; none where it has no volumes. */
  readonly volumeDrivers: readonly string[];
  /** Ids of the GPUs that containers may be given; none where it has none, or no runtime for them. */
  readonly gpus: readonly string[];
  /** Where awsvpc addresses come from. */
  readonly subnet: Subnet;
}

export interface Subnet {
  /** IPv4 CIDR, such as `172.18.0.0/16`. */
  readonly cidr: string;
  readonly gateway: string;
}
