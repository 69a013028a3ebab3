import assert from "node:assert/strict";
import { Readable } from "node:stream";
import type { StaticOperationSchema } from "@smithy/types";
import fc from "fast-check";
import type { Protocol, WireRequest } from "../../src/wire/protocol.ts";
import { schemaValues, type ValueOptions } from "./schema-values.ts";

interface SdkClient {
  send(command: never): Promise<object>;
}

type ClientClass = new (configuration: object) => SdkClient;
type CommandClass = new (input: never) => object;

/** Every operation of an SDK client package: its name and command. */
export function commandsOf(package_: Readonly<Record<string, unknown>>): readonly (readonly [string, CommandClass])[] {
  return Object.entries(package_)
    .filter(([name, value]) => /^[A-Z]\w+Command$/.test(name) && typeof value === "function")
    .map(([name, value]) => [name.slice(0, -"Command".length), value as CommandClass] as const);
}

/** Sends `input` with the SDK's client, answers by `respond`, and resolves to the output that the client reads. */
export async function throughClient(
  Client: ClientClass,
  Command: CommandClass,
  input: object,
  respond: (
    request: WireRequest,
  ) => Promise<{ readonly status?: number; readonly body: string | AsyncIterable<Uint8Array> }>,
): Promise<object> {
  const client = new Client({
    region: "us-east-1",
    endpoint: "http://127.0.0.1",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: {
        method: string;
        path: string;
        headers: Record<string, string>;
        body?: string | Uint8Array;
      }) {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const answer = await respond({
          ...{ method: request.method, path: request.path, query: "", headers, remoteAddress: "127.0.0.1" },
          body: Buffer.from(request.body ?? ""),
        });
        const { body: answered } = answer;
        const isWhole = typeof answered === "string" || Buffer.isBuffer(answered);
        const body = Readable.from(isWhole ? [answered] : answered, { objectMode: false });
        return {
          response: { statusCode: answer.status ?? 200, headers: { "x-amzn-requestid": "r" }, body, reason: "" },
        };
      },
    },
  });
  const { $metadata: _, ...output } = (await client.send(new Command(input as never) as never)) as Record<
    string,
    unknown
  >;
  return output;
}

/** Checks with random values that our side reads what the SDK's client writes, and the other way round. */
export async function checkRoundTrip(
  Client: ClientClass,
  Command: CommandClass,
  protocol: Protocol,
  options: { readonly inputs: ValueOptions; readonly outputs: ValueOptions; readonly runs: number },
): Promise<void> {
  const { schema } = new Command({} as never) as { schema: StaticOperationSchema };
  const pair = fc.tuple(schemaValues(schema[4], options.inputs), schemaValues(schema[5], options.outputs));
  await fc.assert(
    fc.asyncProperty(pair, async ([input, output]) => {
      let received: unknown;
      const shown = await throughClient(Client, Command, structuredClone(input), async (request) => {
        assert.equal(protocol.operationName(request), schema[2]);
        received = await protocol.decode(schema, request);
        return { body: protocol.encode(schema, structuredClone(output), "r") };
      });
      assert.deepEqual(received, input);
      assert.deepEqual(shown, output);
    }),
    { numRuns: options.runs },
  );
}
