import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Door, LinkLocal } from "../link-local.ts";
import { RuntimeError } from "../runtime-error.ts";

const address = "127.0.0.1";

/** A loopback address of this machine. All programs come from the same address, so they are not told from one another. */
export function processLinkLocal(): LinkLocal {
  return { hasPlaces: false, open: async () => openDoor() };
}

function openDoor(): Door {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const closed = Promise.withResolvers<void>();

  return {
    address,
    closed: closed.promise,
    async listen(port, onConnection) {
      const server = createServer({ allowHalfOpen: true }, (socket) => {
        sockets.add(socket);
        socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
        onConnection(socket, socket.remoteAddress ?? "");
      });
      try {
        await once(server.listen(port, address), "listening");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
        throw new RuntimeError("LinkLocalError", `cannot listen at ${address}:${port}`, { cause: error });
      }
      servers.push(server);
      return (server.address() as AddressInfo).port;
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
      closed.resolve();
    },
  };
}
