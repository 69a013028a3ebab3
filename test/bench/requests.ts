import { join } from "node:path";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { type Child, cpuTime, startChild } from "./child.ts";
import { install } from "./installation.ts";
import { type LoadResult, load } from "./load.ts";

const connections = 16;
/** The compiler has seen enough by then. */
const warmUp = 8_000;
const milliseconds = 5_000;

/** Requests a second of the two reads that matter, everything on, against a bare node:http echo of the same bytes. */
export async function requests(): Promise<void> {
  await using installation = await install(["--no-agent"]);
  const ssm = new SSM(installation.client);
  const secrets = new SecretsManager(installation.client);
  await ssm.putParameter({ Name: "bench", Type: "SecureString", Value: "correct horse battery staple" });
  await secrets.createSecret({ Name: "bench", SecretString: "correct horse battery staple" });
  const calls = [
    [
      "GetParameter (SecureString)",
      await capture(ssm, () => ssm.getParameter({ Name: "bench", WithDecryption: true })),
    ],
    ["GetSecretValue", await capture(secrets, () => secrets.getSecretValue({ SecretId: "bench" }))],
  ] as const;
  for (const [name, { request, answerLength }] of calls) {
    await using echo = await startChild([join(import.meta.dirname, "echo-server.ts"), String(answerLength)]);
    const floor = await measure(echo, request);
    const ours = await measure(installation.server, request);
    const ratio = ours.requestsPerSecond / floor.requestsPerSecond;
    console.log(
      `${name}: ${show(ours)}; bare node:http: ${show(floor)}; ${ratio.toFixed(2)} of the floor (budget ≥ 0.35)`,
    );
  }
}

interface Figures extends LoadResult {
  /** Of the server's CPU, in microseconds. */
  readonly cpuPerRequest: number;
}

async function measure({ port, pid }: Child, request: Buffer): Promise<Figures> {
  await load({ port, request, connections, milliseconds: warmUp });
  const before = await cpuTime(pid);
  const result = await load({ port, request, connections, milliseconds });
  const used = (await cpuTime(pid)) - before;
  return { ...result, cpuPerRequest: (used * 1_000) / (result.requestsPerSecond * (milliseconds / 1_000)) };
}

function show({ requestsPerSecond, median, p99, cpuPerRequest }: Figures): string {
  const times = `median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${cpuPerRequest.toFixed(0)} µs of CPU each`;
  return `${requestsPerSecond} requests/s (${times})`;
}

interface Client {
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
}

/** The bytes of the signed request that a call of the SDK sends, and the length of the answer's body. */
async function capture(
  client: unknown,
  call: () => Promise<unknown>,
): Promise<{ request: Buffer; answerLength: number }> {
  let request = Buffer.alloc(0);
  let answerLength = 0;
  (client as Client).middlewareStack.add(
    (next: (args: unknown) => Promise<{ response: { headers: Record<string, string> } }>) =>
      async (args: { request: SdkRequest }) => {
        const { method, path, headers, body } = args.request;
        // The SDK's bodies are byte arrays that mind being treated as text.
        const bytes =
          typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
        const lines = Object.entries({ ...headers, "content-length": String(bytes.length) });
        const head = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
        request = Buffer.concat([Buffer.from(head), bytes]);
        const result = await next(args);
        answerLength = Number(result.response.headers["content-length"]);
        return result;
      },
    // After signing.
    { step: "finalizeRequest", priority: "low", name: "capture" },
  );
  await call();
  return { request, answerLength };
}

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}
