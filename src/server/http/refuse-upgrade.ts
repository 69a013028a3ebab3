import type { Socket } from "node:net";
import { ApiError } from "../../model/api-error.ts";

/** Answers the handshake of a WebSocket that is not opened. */
export function refuseUpgrade(socket: Socket, error: unknown): void {
  const known = error instanceof ApiError ? error : new ApiError({ code: "InternalFailure", status: 500 }, "");
  // As AWS's agent reads a refusal: in the frame of ACS's messages.
  const body = JSON.stringify({ type: known.shape, message: { message: known.message } });
  const status = `${known.jsonStatus} ${known.jsonStatus === 404 ? "Not Found" : known.shape}`;
  socket.write(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  // Not only this side's end: a client that keeps its own open would keep the connection.
  socket.destroySoon();
}
