import { connect } from "node:net";
import { join } from "node:path";
import { type Child, startChild } from "./child.ts";

/** The floor of a request: a bare node:http server that answers with as many bytes as the one at `port` does. */
export async function startEcho(port: number, request: Buffer): Promise<Child> {
  const length = await answerLength(port, request);
  return startChild([join(import.meta.dirname, "echo-server.ts"), String(length)]);
}

/** Length of the answer's body, in bytes. */
function answerLength(port: number, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(request));
    let received = "";
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!received.includes("\r\n\r\n")) return;
      resolve(Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0));
      socket.destroy();
    });
  });
}
