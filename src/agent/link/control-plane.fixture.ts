import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { AcsMessage, AcsMessages, AcsMessageType } from "../../acs/protocol.ts";
import { readSignedFrame } from "../../acs/signed-frame.ts";
import { type AgentTelemetry, readTelemetry } from "../../acs/telemetry-message.ts";
import { readSignature, verifySignature } from "../../signature/signature.ts";

export const instanceCredentials = {
  accessKeyId: "AKIAINSTANCE",
  secretAccessKey: "instance-secret-key",
  sessionToken: "instance-token",
};

export const instanceArn = "arn:aws:ecs:eu-west-1:123456789012:container-instance/default/1";

/** The answer to an AWS JSON call. */
export interface Answer {
  readonly status?: number;
  readonly body: object;
}

export interface Call {
  /** `<service>.<operation>`, as in `x-amz-target`. */
  readonly target: string;
  readonly body: Record<string, unknown>;
  /** The access key that signed it. */
  readonly accessKeyId: string;
}

/** A test sees an agent's messages here, and sends it some. */
export type ControlPlane = Awaited<ReturnType<typeof fakeControlPlane>>;

/**
 * A control plane that does what the test says: AWS JSON operations and the agent's WebSocket on one loopback port.
 * `answer` comes before the built-in answers. `now` is what signatures are checked against.
 */
export async function fakeControlPlane(options: {
  readonly now: () => Date;
  readonly answer?: (call: Call) => Answer | undefined | Promise<Answer | undefined>;
}) {
  const calls: Call[] = [];
  const received: AcsMessage[] = [];
  const sockets: WebSocket[] = [];
  const telemetry = { sockets: [] as WebSocket[], received: [] as AgentTelemetry[] };
  const problems: string[] = [];
  const state = {
    /** Sent to each connecting agent at once. */
    greeting: [] as string[],
    refuse: undefined as number | undefined,
    /** The body of such a refusal. */
    refusal: "",
  };
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of [...watchers]) watcher();
  };

  async function read(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  /** The access key of a request that the instance's key has signed, or what is wrong with it. */
  function check(
    request: Pick<IncomingMessage, "method" | "url"> & { readonly headers: object },
    body: Uint8Array,
  ): string {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const signed = { method: request.method ?? "", path, query, headers, body };
    const signature = readSignature(signed);
    if ("kind" in signature) {
      problems.push(signature.message);
      return "";
    }
    if (signature.accessKeyId !== instanceCredentials.accessKeyId) return signature.accessKeyId;
    const problem = verifySignature(signed, signature, instanceCredentials.secretAccessKey, options.now(), {
      service: "ecs",
    });
    if (problem) problems.push(problem.message);
    if (signature.sessionToken !== instanceCredentials.sessionToken) problems.push("another session token");
    return signature.accessKeyId;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const target = String(request.headers["x-amz-target"]).replace(/^AmazonEC2ContainerServiceV20141113/, "ecs");
    const call = {
      target,
      body: JSON.parse(body.toString()) as Record<string, unknown>,
      accessKeyId: check(request, body),
    };
    calls.push(call);
    changed();
    const answer = (await options.answer?.(call)) ?? builtIn(call);
    response.writeHead(answer.status ?? 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer.body));
  }

  function builtIn({ target }: Call): Answer {
    if (target === "ecs.RegisterContainerInstance")
      return { body: { containerInstance: { containerInstanceArn: instanceArn } } };
    if (target === "ecs.DiscoverPollEndpoint") {
      return { body: { endpoint: `${endpoint}/acs/`, telemetryEndpoint: `${endpoint}/telemetry` } };
    }
    if (target === "ecs.SubmitTaskStateChange") return { body: { acknowledgment: "ok" } };
    return { status: 400, body: { __type: "InvalidAction", message: target } };
  }

  function hearTelemetry(webSocket: WebSocket, { method, url }: IncomingMessage): void {
    telemetry.sockets.push(webSocket);
    webSocket.on("message", (data) => {
      const frame = readSignedFrame(String(data));
      const message = readTelemetry(frame?.body ?? "");
      if (!frame || !("metadata" in message.message)) problems.push(`no telemetry: ${data}`);
      else {
        check({ method, url, headers: frame.headers }, Buffer.from(frame.body));
        telemetry.received.push(message as AgentTelemetry);
      }
      changed();
    });
    changed();
  }

  const server = createServer((request, response) => void serve(request, response));
  const webSockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    check(request, new Uint8Array());
    const { refuse, refusal } = state;
    if (refuse !== undefined) {
      return void socket.end(`HTTP/1.1 ${refuse} No\r\nContent-Length: ${refusal.length}\r\n\r\n${refusal}`);
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (request.url?.startsWith("/telemetry/ws?")) return hearTelemetry(webSocket, request);
      sockets.push(webSocket);
      webSocket.on("message", (data) => {
        received.push(JSON.parse(String(data)) as AcsMessage);
        changed();
      });
      for (const text of state.greeting) webSocket.send(text);
      changed();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Resolves to what `look` finds, once it finds something. */
  function until<T>(look: () => T | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      const watcher = () => {
        const found = look();
        if (!found) return;
        watchers.delete(watcher);
        resolve(found);
      };
      watchers.add(watcher);
      watcher();
    });
  }

  return {
    endpoint,
    calls,
    received,
    sockets,
    telemetry,
    problems,
    state,
    until,
    changed,
    /** Sends over the newest connection. */
    send<Type extends AcsMessageType>(type: Type, message: AcsMessages[Type]): void {
      sockets.at(-1)?.send(JSON.stringify({ type, message }));
    },
    /** The newest connection, once there have been `count`. */
    connected: (count = 1) => until(() => sockets.length >= count && sockets.at(-1)),
    /** The first message of the type that `matches`. */
    message<Type extends AcsMessageType>(type: Type, matches: (message: AcsMessages[Type]) => boolean = () => true) {
      return until(() => {
        const found = received.find((one) => one.type === type && matches(one.message as AcsMessages[Type]));
        return found?.message as AcsMessages[Type] | undefined;
      });
    },
    async [Symbol.asyncDispose]() {
      for (const socket of [...sockets, ...telemetry.sockets]) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
