import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** One address for several servers: each connection goes to one that takes it. */
export interface FailoverProxy extends AsyncDisposable {
  readonly endpoint: string;
}

/** `ports` are those of the servers now, on this machine; they are tried in turn. */
export async function failoverProxy(ports: () => readonly number[]): Promise<FailoverProxy> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    sockets.add(client);
    client.on("close", () => sockets.delete(client)).on("error", () => client.destroy());
    const now = ports();
    const first = turn++;
    const inTurn = now.map((_, index) => now[(first + index) % now.length]);
    void forward(client, inTurn);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function forward(client: Socket, ports: readonly (number | undefined)[]): Promise<void> {
  for (const port of ports) {
    if (port === undefined) continue;
    const server = connect(port, "127.0.0.1");
    server.on("error", () => server.destroy());
    if (await isConnected(server)) {
      client.on("close", () => server.destroy());
      server.on("close", () => client.destroy());
      client.pipe(server).pipe(client);
      return;
    }
  }
  client.destroy();
}

function isConnected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("close", () => resolve(false));
  });
}
