import type { Duplex } from "node:stream";

/**
 * A capability: an address at which the programs of containers and the engine's log drivers reach the agent, and at which SDKs take
 * credentials over plain HTTP: 169.254.170.2, or a loopback address where containers are processes of this machine.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export interface LinkLocal {
  /** Programs have networks of their own, where 127.0.0.1 is not the machine's. */
  readonly hasPlaces: boolean;

  /**
   * Rejects with `LinkLocalError` where that cannot be done. What an earlier process of the same runtime opened is closed. It
   * closes by itself when this process ends, however it ends.
   */
  open(place?: Place): Promise<Door>;
}

/**
 * `link-local` is 169.254.170.2 for all of the machine, which is the default. `machine` is 127.0.0.1 of the machine's network, for
 * programs in there. A container stands for 127.0.0.1 in its network, which other containers may share. A runtime without
 * containers has one address for all.
 */
export type Place = "link-local" | "machine" | { readonly container: string };

export interface Door extends AsyncDisposable {
  readonly address: string;

  /**
   * Listens at the port, or at a free one if it is 0. Resolves to the port, or to `undefined` if another listens there. `from` is
   * the IPv4 address of the program that connects: a container's own, where it has one; the machine's with the network mode `host`.
   * Rejects with `LinkLocalError`.
   */
  listen(port: number, onConnection: (connection: Duplex, from: string) => void): Promise<number | undefined>;

  /** Resolves when nobody is heard any more: it was disposed of, or the engine has ended. */
  readonly closed: Promise<void>;
}
