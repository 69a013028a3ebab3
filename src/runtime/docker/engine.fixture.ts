import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import type Dockerode from "dockerode";
import { dockerAddress, findDocker } from "../../../test/support/docker.ts";
import { importHttpdImage } from "../../../test/support/images.ts";
import { randomIds } from "../../ids.ts";
import type { ContainerSpec } from "../containers.ts";
import type { Runtime } from "../runtime.ts";
import { type DockerRuntimeOptions, dockerRuntime } from "./docker-runtime.ts";
import { runtimeLabel } from "./labels.ts";

const found = await findDocker();

/** The Engine of the tests. Those that need it are skipped where there is none. */
export const docker = found as Dockerode;

/** A runtime of its own for the tests of a file; all that it left on the Engine goes afterwards. */
export function openDocker(name: string) {
  const prefix = `sealift-${name}-${process.pid}`;
  let runtime: Runtime | undefined;
  let image = "";
  before(async () => {
    if (!found) return;
    runtime = open();
    image = await importHttpdImage(docker);
  });
  after(async () => {
    await runtime?.[Symbol.asyncDispose]();
    if (found) await clear(prefix);
  });

  function open(options: Partial<DockerRuntimeOptions> = {}): Runtime {
    return dockerRuntime({ engine: dockerAddress, ids: randomIds, prefix, ...options });
  }

  function shared(): Runtime {
    if (!runtime) throw new Error("the tests of this file have not begun");
    return runtime;
  }

  async function start(spec: ContainerSpec, using = shared()): Promise<string> {
    const id = await using.containers.create(spec);
    await using.containers.start(id);
    return id;
  }

  return {
    prefix,
    runtime: shared,
    image: () => image,
    /** Another runtime on the same Engine. */
    open,
    start,
    specOf(change: Partial<ContainerSpec>): ContainerSpec {
      const name = `${prefix}-${randomIds.hex(8)}`;
      return { name, image, environment: {}, labels: {}, ports: [], network: "none", ...change };
    },
    /** Starts a container and resolves to its id when it has ended. */
    async finish(spec: ContainerSpec): Promise<string> {
      const id = await start(spec);
      await docker.getContainer(id).wait();
      return id;
    },
  };
}

/** Removes all that a runtime left on the Engine. */
export async function clear(prefix: string): Promise<void> {
  const label = [`${runtimeLabel}=${prefix}`];
  const containers = await docker.listContainers({ all: true, filters: { label } });
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
  const networks = await docker.listNetworks({ filters: { label: [`sealift.network=${prefix}`] } });
  await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove()));
  const { Volumes: volumes } = await docker.listVolumes({ filters: { label } });
  await Promise.all((volumes ?? []).map(({ Name }) => docker.getVolume(Name).remove()));
}

/** Standard output, without the headers that Docker puts before each piece. */
export async function outputOf(id: string): Promise<string> {
  const log = await docker.getContainer(id).logs({ stdout: true });
  const pieces: Buffer[] = [];
  for (let at = 0; at < log.length; at += 8 + log.readUInt32BE(at + 4)) {
    pieces.push(log.subarray(at + 8, at + 8 + log.readUInt32BE(at + 4)));
  }
  return Buffer.concat(pieces).toString();
}

/** The nth address of a subnet. */
export function addressIn(cidr: string, nth: number): string {
  return cidr.replace(/\.\d+\/\d+$/, `.${nth}`);
}

/** A socket that leads to the Engine until it is broken. */
export async function engineProxy() {
  const directory = await mkdtemp(join(tmpdir(), "sealift-test-"));
  const path = join(directory, "docker.sock");
  const sockets = new Set<Socket>();
  const pieces: Buffer[] = [];
  const server = createServer((socket) => {
    const engine = connect((docker.modem as { socketPath?: string }).socketPath ?? "");
    for (const end of [socket, engine]) sockets.add(end.on("error", () => end.destroy()));
    socket.on("data", (piece: Buffer) => pieces.push(piece));
    socket.pipe(engine).pipe(socket);
  });

  async function mend(): Promise<void> {
    await once(server.listen(path), "listening");
  }

  async function sever(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await once(server.close(), "close");
  }

  await mend();
  return {
    address: { sockets: [path] },
    /** Everything that was sent to the Engine. */
    sent: () => Buffer.concat(pieces).toString(),
    /** Breaks all connections and lets nobody in. */
    sever,
    mend,
    async [Symbol.asyncDispose]() {
      await sever();
      await rm(directory, { recursive: true });
    },
  };
}
