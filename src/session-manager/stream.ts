import {
  acknowledgedNumber,
  acknowledgement,
  type ChannelMessage,
  decodeMessage,
  encodeMessage,
  messageTypes,
} from "./message.ts";

/** Messages that may be on their way: the sender waits before it sends more. */
const mostUnacknowledged = 64;

/** Messages that may wait for those before them to be dealt with. Further ones are not taken: their sender sends them again. */
const mostWaiting = 10_000;

/** Bytes of payloads that may wait likewise, apart from the payload that is next. */
const mostBytesWaiting = 4 * 1024 * 1024;

export interface StreamOptions {
  /** The type of this end's messages; those of the other end have the other one. */
  readonly sends: "input_stream_data" | "output_stream_data";
  transmit(bytes: Buffer): void;
  /** Deals with the other end's payloads, one after the other, in order. Each is acknowledged when it resolves. */
  receive(payloadType: number, payload: Buffer): void | Promise<void>;
  /** Called once with an error of `receive`; nothing more is received. */
  onError(error: unknown): void;
  /** Called with each message that belongs to no stream, such as `channel_closed`. */
  onOther?(message: ChannelMessage): void;
  now(): number;
  newId(): string;
}

/** One end of a data channel: numbers what it sends until it is acknowledged, and puts in order what comes. */
export interface MessageStream {
  /** Sends a payload after those before it. */
  send(payloadType: number, payload: Buffer): void;
  /** Resolves when there is room for more, or when the stream was closed. */
  ready(): Promise<void>;
  /** Resolves when everything that was sent has been acknowledged, or when the stream was closed. */
  acknowledged(): Promise<void>;
  /** Each message that comes on the WebSocket. False for what is no message. */
  take(bytes: Buffer): boolean;
  /** Sends the oldest message again that has waited for its acknowledgement for so many milliseconds. To be called regularly. */
  sendAgain(after: number): void;
  /** Sends everything again that has not been acknowledged: the connection is a new one. */
  resend(): void;
  /** Ends all waiting. */
  close(): void;
}

interface Sent {
  readonly bytes: Buffer;
  sentAt: number;
}

export function messageStream(options: StreamOptions): MessageStream {
  const { sends, transmit, now, newId } = options;
  const receives = sends === messageTypes.input ? messageTypes.output : messageTypes.input;
  const unacknowledged = new Map<number, Sent>();
  let next = 0;
  const arrived = new Map<number, ChannelMessage>();
  /** The first message that has not arrived, and the first that has not been dealt with. */
  let expected = 0;
  let dealtWith = 0;
  let bytesWaiting = 0;
  let work: Promise<void> = Promise.resolve();
  let isClosed = false;
  let waiters: (() => void)[] = [];

  function wake(): void {
    const woken = waiters;
    waiters = [];
    for (const waiter of woken) waiter();
  }

  async function until(isSo: () => boolean): Promise<void> {
    while (!isClosed && !isSo()) await new Promise<void>((resolve) => waiters.push(resolve));
  }

  function acknowledge(message: ChannelMessage): void {
    transmit(acknowledgement(message, { id: newId(), createdAt: now() }));
  }

  function takeData(message: ChannelMessage): void {
    const { sequenceNumber, payload } = message;
    // It came again: its acknowledgement was too late, or is still to come.
    if (sequenceNumber < dealtWith) return acknowledge(message);
    if (sequenceNumber < expected || sequenceNumber >= dealtWith + mostWaiting) return;
    if (arrived.has(sequenceNumber)) return;
    if (sequenceNumber !== dealtWith && bytesWaiting + payload.length > mostBytesWaiting) return;
    bytesWaiting += payload.length;
    arrived.set(sequenceNumber, message);
    for (let found = arrived.get(expected); found; found = arrived.get(expected)) {
      arrived.delete(expected);
      expected++;
      dealWith(found);
    }
  }

  function dealWith(message: ChannelMessage): void {
    work = work.then(async () => {
      if (isClosed) return;
      try {
        await options.receive(message.payloadType, message.payload);
      } catch (error) {
        close();
        return options.onError(error);
      }
      dealtWith++;
      bytesWaiting -= message.payload.length;
      if (!isClosed) acknowledge(message);
    });
  }

  function close(): void {
    isClosed = true;
    unacknowledged.clear();
    arrived.clear();
    wake();
  }

  return {
    send(payloadType, payload) {
      if (isClosed) return;
      const sequenceNumber = next++;
      const message = { type: sends, createdAt: now(), sequenceNumber, flags: 0, id: newId(), payloadType, payload };
      const bytes = encodeMessage(message);
      unacknowledged.set(sequenceNumber, { bytes, sentAt: now() });
      transmit(bytes);
    },
    ready: () => until(() => unacknowledged.size < mostUnacknowledged),
    acknowledged: () => until(() => unacknowledged.size === 0),
    take(bytes) {
      const message = decodeMessage(bytes);
      if (!message) return false;
      if (isClosed) return true;
      if (message.type === receives) takeData(message);
      else if (message.type === messageTypes.acknowledge) {
        if (unacknowledged.delete(acknowledgedNumber(message) ?? -1)) wake();
      } else options.onOther?.(message);
      return true;
    },
    sendAgain(after) {
      const [oldest] = unacknowledged.values();
      if (!oldest || now() - oldest.sentAt < after) return;
      oldest.sentAt = now();
      transmit(oldest.bytes);
    },
    resend() {
      for (const sent of unacknowledged.values()) {
        sent.sentAt = now();
        transmit(sent.bytes);
      }
    },
    close,
  };
}
