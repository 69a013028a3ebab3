import type { Duplex } from "node:stream";
import type { Log } from "../../log.ts";
import type { Door, LinkLocal } from "../../runtime/link-local.ts";
import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import type { EndpointState } from "../engine/state.ts";

/** Where tasks find the endpoint; `auto` is `link-local` where that is possible. */
export type TaskEndpointKind = "auto" | "link-local" | "loopback";

/** Where SDKs and log drivers look for credentials that they are told a path of only. */
const standardAddress = "169.254.170.2";
export const standardPort = 80;

/** At loopback addresses: AWS's agent has the first one for the same purpose. */
const loopbackPorts = { metadata: 51_679, controlPlane: 51_680 };

type OnConnection = (connection: Duplex, from: string) => void;

export interface OpenPlaceOptions {
  readonly linkLocal: LinkLocal;
  readonly onConnection: { readonly metadata: OnConnection; readonly controlPlane: OnConnection };
  readonly kind: TaskEndpointKind;
  readonly key: string;
  /** Where it was before; running tasks look for it there. */
  readonly saved?: EndpointState;
  readonly log: Log;
}

export interface OpenPlace {
  readonly opened: Door;
  readonly state: EndpointState;
  readonly place: "link-local" | "machine";
}

/** Opens the endpoint where the kind says. Rejects where that cannot be done. */
export async function openPlace(options: OpenPlaceOptions): Promise<OpenPlace> {
  const { linkLocal, kind, log } = options;
  if (!linkLocal.hasPlaces) return openAt(options, "link-local");
  if (kind === "loopback") return openAt(options, "machine");
  try {
    return await openAt(options, "link-local");
  } catch (error) {
    if (kind !== "auto" || error instanceof RuntimeUnavailableError) throw error;
    log.warn({ err: error }, "The engine does not take 169.254.170.2: tasks get their endpoint at 127.0.0.1");
    return openAt(options, "machine");
  }
}

async function openAt(options: OpenPlaceOptions, place: OpenPlace["place"]): Promise<OpenPlace> {
  const { linkLocal, onConnection, key, saved } = options;
  const opened = await linkLocal.open(place);
  try {
    const { address } = opened;
    const known = saved?.address === address ? saved : undefined;
    const listenAt = (port: number, take: OnConnection) => listenAtAny(opened, [port, 0], take);
    const usual = usualPorts(linkLocal, address);
    const port = await listenAt(known?.port ?? usual.metadata, onConnection.metadata);
    // Programs of this machine reach the control plane by themselves.
    const controlPlanePort = linkLocal.hasPlaces
      ? await listenAt(known?.controlPlanePort ?? usual.controlPlane, onConnection.controlPlane)
      : 0;
    return { opened, place, state: { key, address, port, controlPlanePort } };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

function usualPorts({ hasPlaces }: LinkLocal, address: string): typeof loopbackPorts {
  if (address === standardAddress) return { metadata: standardPort, controlPlane: 0 };
  return hasPlaces ? loopbackPorts : { metadata: 0, controlPlane: 0 };
}

/** The first of the ports that is free. */
async function listenAtAny(door: Door, ports: readonly number[], onConnection: OnConnection): Promise<number> {
  for (const wanted of ports) {
    const port = await door.listen(wanted, onConnection);
    if (port !== undefined) return port;
  }
  throw new Error(`Cannot listen at ${door.address}: no port is free`);
}
