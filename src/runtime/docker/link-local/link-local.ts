import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type Dockerode from "dockerode";
import type { Door, LinkLocal, Place } from "../../link-local.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { createContainer } from "../create-container.ts";
import type { Engine } from "../engine.ts";
import { named } from "../engine-error.ts";
import { frames } from "../frames.ts";
import { linkLocalLabel } from "../labels.ts";
import { removeContainer } from "../remove-container.ts";
import { type Connection, openConnection } from "./connection.ts";
import { importDoorImage } from "./door-image.ts";
import { decode, encode, news, order, type WireFrame } from "./wire.ts";

const failure = "LinkLocalError";
const linkLocal = "169.254.170.2";
const loopback = "127.0.0.1";

/** Connections of one address at a time, so that no container takes the place of all others. */
const mostFromOne = 256;

/**
 * Whoever listened at port 80 of one address would keep tasks from publishing it at all of the machine's. So what comes there is
 * led to the port that AWS's agent has for the same purpose, which no task may ask for.
 */
const httpPort = 80;
const redirectedTo = 51_679;

type OnConnection = (connection: Duplex, from: string) => void;

/**
 * 169.254.170.2 in the network of the Engine's machine, wherever that is and whoever runs Sealift: a container with that network
 * listens, and its standard input and output lead here. For a place of its own, the container is in that one's network.
 */
export function dockerLinkLocal({ connect, prefix }: Engine): LinkLocal {
  async function open(place: Place): Promise<Door> {
    const docker = await connect();
    const name = `${prefix}-${nameOf(place)}`;
    const [image] = await Promise.all([importDoorImage(docker), removeOld(docker, name)]);
    const id = await createContainer(docker, name, optionsOf(image, name, place));
    const container = docker.getContainer(id);
    try {
      const streams = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
      const socket = (await container.attach(streams)) as unknown as Socket;
      await container.start();
      const address = place === "link-local" ? linkLocal : loopback;
      return openDoor(socket, address, () => removeContainer(container));
    } catch (error) {
      await removeContainer(container);
      throw error;
    }
  }
  return { hasPlaces: true, open: (place = "link-local") => named(failure, () => open(place)) };
}

function nameOf(place: Place): string {
  if (place === "link-local") return "link-local";
  return `loopback-${place === "machine" ? "machine" : place.container.slice(0, 12)}`;
}

/** It would end by itself once the Engine notices that the process has gone which it talked to. */
async function removeOld(docker: Dockerode, name: string): Promise<void> {
  const found = await docker.listContainers({ all: true, filters: { label: [`${linkLocalLabel}=${name}`] } });
  for (const { Id } of found) await removeContainer(docker.getContainer(Id));
}

function optionsOf(image: string, name: string, place: Place): object {
  const isLinkLocal = place === "link-local";
  const ofMachine = typeof place === "string";
  return {
    Image: image,
    ...(!isLinkLocal && { Cmd: ["loopback"] }),
    ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, OpenStdin: true, StdinOnce: true },
    Labels: { [linkLocalLabel]: name },
    HostConfig: {
      NetworkMode: ofMachine ? "host" : `container:${place.container}`,
      // Where the Engine maps users, a container's root has no say over the machine's network.
      ...(ofMachine && { UsernsMode: "host" }),
      ...{ CapDrop: ["ALL"], SecurityOpt: ["no-new-privileges"] },
      ...(isLinkLocal && { CapAdd: ["NET_ADMIN", "NET_BIND_SERVICE"] }),
      ...{ ReadonlyRootfs: true, AutoRemove: true, LogConfig: { Type: "none" } },
    },
  };
}

function openDoor(socket: Socket, address: string, remove: () => Promise<void>): Door {
  const connections = new Map<number, Connection>();
  const openFrom = new Map<string, number>();
  /** By port. */
  const listeners = new Map<number, OnConnection>();
  const asked: PromiseWithResolvers<ListenAnswer>[] = [];
  socket.on("error", () => socket.destroy());

  function send(kind: number, id: number, body?: Uint8Array): void {
    if (socket.writable) socket.write(encode(kind, id, body));
  }

  function opened({ id, body }: WireFrame): void {
    const from = [...body.subarray(0, 4)].join(".");
    const open = (openFrom.get(from) ?? 0) + 1;
    openFrom.set(from, open);
    const connection = openConnection(id, send, () => {
      connections.delete(id);
      const left = (openFrom.get(from) ?? 0) - 1;
      if (left > 0) openFrom.set(from, left);
      else openFrom.delete(from);
    });
    connections.set(id, connection);
    const onConnection = open > mostFromOne ? undefined : listeners.get(body.readUInt32LE(8));
    if (onConnection) onConnection(connection.stream, from);
    else connection.stream.destroy();
  }

  function hear(frame: WireFrame): void {
    const { kind, id, body } = frame;
    if (kind === news.opened) return opened(frame);
    if (kind === news.listening || kind === news.redirected) {
      return asked.shift()?.resolve({ port: body.readUInt32LE(0), error: body.readUInt32LE(4) });
    }
    const connection = connections.get(id);
    if (kind === news.data) connection?.heard(body);
    else if (kind === news.end) connection?.heardEnd();
    else if (kind === news.sent) connection?.sent(body.readUInt32LE(0));
    else if (kind === news.gone) connection?.gone();
  }

  function ask(kind: number, port: number): Promise<ListenAnswer> {
    const answer = Promise.withResolvers<ListenAnswer>();
    asked.push(answer);
    if (socket.writable) send(kind, port);
    else answer.resolve({ port, error: errors.gone });
    return answer.promise;
  }

  const isRedirected = (port: number) => port === httpPort && address === linkLocal;

  async function listen(port: number, onConnection: OnConnection): Promise<number | undefined> {
    const { port: found, error } = await ask(order.listen, isRedirected(port) ? redirectedTo : port);
    if (error === errors.inUse) return undefined;
    if (error !== 0) throw new RuntimeError(failure, `cannot listen at ${address}:${port}: ${reasonOf(error)}`);
    listeners.set(found, onConnection);
    if (!isRedirected(port)) return found;
    const redirected = await ask(order.redirect, redirectedTo);
    // A kernel without nf_tables: the port cannot be had.
    return redirected.error === 0 ? httpPort : undefined;
  }

  async function hearAll(): Promise<void> {
    try {
      for await (const frame of decode(outputOf(socket))) hear(frame);
    } catch {
      // The connection to the Engine broke.
    }
    socket.destroy();
    for (const answer of asked.splice(0)) answer.resolve({ port: 0, error: errors.gone });
    for (const connection of [...connections.values()]) connection.gone();
  }
  const closed = hearAll();

  return {
    address,
    listen,
    closed,
    async [Symbol.asyncDispose]() {
      socket.end();
      await named(failure, remove);
      await closed;
    },
  };
}

interface ListenAnswer {
  readonly port: number;
  /** Linux's number of the error; 0 for none. */
  readonly error: number;
}

const errors = { gone: -1, notPermitted: 1, inUse: 98, notAvailable: 99 };

function reasonOf(error: number): string {
  if (error === errors.gone) return "its container has ended";
  if (error === errors.notAvailable) return "the Engine's machine does not take the address";
  return error === errors.notPermitted ? "the Engine does not permit it" : `error ${error}`;
}

async function* outputOf(socket: Socket): AsyncGenerator<Buffer> {
  for await (const { source, data } of frames(socket)) if (source === "stdout") yield data;
}
