import type { WebSocket } from "ws";
import type { Channel } from "./exec-session.ts";

/** WebSocket close codes, and the bytes that a reason may have. */
const normalClosure = 1000;
const longestReason = 123;

/** Bytes that may wait for a control plane that does not read. */
const mostUnsent = 16 * 1024 * 1024;

/** A channel over one connection after the other. */
export interface ReconnectingChannel extends Channel {
  /** Goes on over this connection. */
  attach(socket: WebSocket): void;
}

/**
 * Ends with a connection that is closed on purpose, and when `signal` is aborted. A connection that is lost ends it only where it
 * does not `resume`; else what is sent goes nowhere until the next one.
 */
export function channelOver(first: WebSocket, signal: AbortSignal, resumes: boolean): ReconnectingChannel {
  const closed = new AbortController();
  let socket: WebSocket | undefined;
  let listener: ((bytes: Buffer) => void) | undefined;
  let onResumed = () => {};
  const stop = () => close("The agent stopped");

  function over(): void {
    signal.removeEventListener("abort", stop);
    closed.abort();
  }

  function close(reason: string): void {
    socket?.close(normalClosure, cut(reason));
    // One that nobody listens to is paused, and would not hear the other end's answer.
    socket?.resume();
    over();
  }

  function attach(next: WebSocket): void {
    const before = socket;
    socket = next;
    before?.terminate();
    next.on("close", (code) => {
      if (socket !== next) return;
      socket = undefined;
      if (code === normalClosure || !resumes) over();
    });
    next.on("error", () => next.terminate());
    next.on("message", (data, isBinary) => {
      if (isBinary && socket === next) listener?.(data as Buffer);
    });
    if (closed.signal.aborted) return refuse(next);
    if (listener) next.resume();
  }

  signal.addEventListener("abort", stop);
  attach(first);
  if (signal.aborted) stop();
  return {
    attach(next) {
      attach(next);
      onResumed();
    },
    send(bytes) {
      if (!socket) return;
      if (socket.bufferedAmount > mostUnsent) socket.terminate();
      else socket.send(bytes, () => {});
    },
    close,
    onMessage(given) {
      listener = given;
      socket?.resume();
    },
    onResumed(given) {
      onResumed = given;
    },
    closed: closed.signal,
  };
}

/** For a client that comes back to a session that is over. */
export function refuse(socket: WebSocket): void {
  socket.close(normalClosure, "The session has ended.");
  socket.resume();
}

/** As much of the text as fits into a WebSocket's close frame. */
function cut(reason: string): Buffer {
  const bytes = Buffer.from(reason);
  if (bytes.length <= longestReason) return bytes;
  return Buffer.from(bytes.toString("utf8", 0, longestReason - 3).replace(/\uFFFD+$/, ""));
}
