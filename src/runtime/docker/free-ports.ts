import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type Dockerode from "dockerode";
import type { PortMapping } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";

/** Ports that tasks may get, as in AWS's agent, above those that the Engine itself gives out one by one. */
const first = 61_001;
const last = 65_535;

/** Finds places on the machine for several ports in a row, which the Engine would scatter. */
export function portPlaces() {
  let next = first + Math.floor(Math.random() * (last - first));

  async function place(count: number, protocol: PortMapping["protocol"], taken: ReadonlySet<string>): Promise<number> {
    for (let tried = 0; tried < 2 * (last - first) && count <= last - first; tried += count) {
      const start = next + count - 1 > last ? first : next;
      // Before anything is waited for: containers that are created at the same time look elsewhere.
      next = start + count;
      if (await areFree(start, count, protocol, taken)) return start;
    }
    throw new RuntimeError(
      "HostConfigError",
      `error retrieving docker port map: ${count} contiguous host ports are unavailable`,
    );
  }

  /** The ports, with a place for each row. Another program may take one before the container starts, which then fails. */
  return async (docker: Dockerode, ports: readonly PortMapping[]): Promise<readonly PortMapping[]> => {
    if (ports.every(({ count = 1, hostPort }) => count === 1 || hostPort !== 0)) return ports;
    const taken = await takenPorts(docker);
    const placed: PortMapping[] = [];
    for (const port of ports) {
      const { count = 1, hostPort, protocol } = port;
      placed.push(count === 1 || hostPort !== 0 ? port : { ...port, hostPort: await place(count, protocol, taken) });
    }
    return placed;
  };
}

async function takenPorts(docker: Dockerode): Promise<Set<string>> {
  const containers = await docker.listContainers();
  return new Set(containers.flatMap(({ Ports }) => Ports.map(({ PublicPort, Type }) => `${PublicPort}/${Type}`)));
}

async function areFree(start: number, count: number, protocol: PortMapping["protocol"], taken: ReadonlySet<string>) {
  for (let port = start; port < start + count; port++) {
    if (taken.has(`${port}/${protocol}`) || !(await isFree(port, protocol))) return false;
  }
  return true;
}

/** Looks on this machine, which is the Engine's in most cases. */
async function isFree(port: number, protocol: PortMapping["protocol"]): Promise<boolean> {
  const socket = protocol === "udp" ? createSocket("udp4") : createServer();
  try {
    const listening = once(socket, "listening");
    if ("bind" in socket) socket.bind(port);
    else socket.listen(port);
    await listening;
    return true;
  } catch {
    return false;
  } finally {
    await new Promise<void>((resolve) => {
      if ("listening" in socket && !socket.listening) return resolve();
      socket.close(() => resolve());
    });
  }
}
