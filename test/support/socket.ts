import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** A connection; `answer` is all that comes until the other side closes it. */
export async function openSocket(port: number, host: string) {
  const socket = connect(port, host);
  await once(socket, "connect");
  socket.setTimeout(20_000, () => socket.destroy(new Error("Nothing came for 20 s")));
  const answer = text(socket);
  answer.catch(() => {}); // only some wait for it
  return {
    answer,
    write: (bytes: string) => void socket.write(bytes, "latin1"),
    async [Symbol.asyncDispose]() {
      socket.destroy();
    },
  };
}
