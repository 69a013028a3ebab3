import type { ECS } from "@aws-sdk/client-ecs";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import { WebSocket } from "ws";
import type { AcsMessage, AcsMessages, AcsMessageType } from "./protocol.ts";
import { Sha256 } from "./sha256.ts";

export interface SessionOptions {
  readonly ecs: Pick<ECS, "discoverPollEndpoint">;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly region: string;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  readonly agentVersion: string;
  onMessage(message: AcsMessage, send: Send): void;
  /** Told each time a connection is lost or could not be made. */
  onDisconnect(reason: string): void;
  /** Milliseconds before connecting again; it doubles up to `maximumDelay` while connecting fails. */
  readonly minimumDelay: number;
  readonly maximumDelay: number;
  /** Milliseconds without any message after which the connection is taken for dead. */
  readonly silence: number;
}

export type Send = <Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]) => void;

/** Keeps a connection to the Agent Communication Service, for as long as it is not disposed of. */
export function keepSession(options: SessionOptions): AsyncDisposable {
  let closed = false;
  let socket: WebSocket | undefined;
  let wake = () => {};

  async function run(): Promise<void> {
    let delay = options.minimumDelay;
    while (!closed) {
      try {
        socket = await connect(options);
        delay = options.minimumDelay;
        if (closed) socket.terminate();
        options.onDisconnect(await listen(socket, options));
      } catch (error) {
        options.onDisconnect(error instanceof Error ? error.message : String(error));
      }
      socket = undefined;
      if (closed) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, delay);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      delay = Math.min(delay * 2, options.maximumDelay);
    }
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      socket?.terminate();
      wake();
      await running;
    },
  };
}

async function connect(options: SessionOptions): Promise<WebSocket> {
  const { endpoint } = await options.ecs.discoverPollEndpoint({
    cluster: options.cluster,
    containerInstance: options.containerInstanceArn,
  });
  if (endpoint === undefined) throw new Error("Cannot poll: the control plane named no endpoint");
  const url = new URL("ws", endpoint.endsWith("/") ? endpoint : `${endpoint}/`);
  const query = {
    agentHash: "sealift",
    agentVersion: options.agentVersion,
    clusterArn: options.cluster,
    containerInstanceArn: options.containerInstanceArn,
    protocolVersion: "2",
    sendCredentials: "true",
    seqNum: "1",
  };
  const headers = await sign(options, url, query);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url, { headers, handshakeTimeout: 10_000, maxPayload: 16 * 1024 * 1024 });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
    socket.once("unexpected-response", (_request, response) => {
      reject(new Error(`Cannot connect to the control plane: it answered ${response.statusCode}`));
      socket.terminate();
    });
  });
}

async function sign(options: SessionOptions, url: URL, query: Record<string, string>): Promise<Record<string, string>> {
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const signer = new SignatureV4({
    service: "ecs",
    region: options.region,
    credentials: options.credentials,
    sha256: Sha256,
  });
  const signed = await signer.sign({
    method: "GET",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query,
    headers: { host: url.host },
  });
  return signed.headers;
}

/** Resolves to the reason when the connection ends. */
function listen(socket: WebSocket, options: SessionOptions): Promise<string> {
  const send: Send = (type, message) => socket.send(JSON.stringify({ type, message }));
  return new Promise((resolve) => {
    const quiet = setTimeout(() => socket.terminate(), options.silence);
    socket.on("message", (data) => {
      quiet.refresh();
      options.onMessage(JSON.parse(String(data)) as AcsMessage, send);
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", (code) => {
      clearTimeout(quiet);
      resolve(`The control plane's connection closed (${code})`);
    });
  });
}
