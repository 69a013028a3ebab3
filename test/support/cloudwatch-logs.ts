import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { until } from "./until.ts";

export interface LogsCall {
  readonly operation: string;
  readonly input: {
    readonly logGroupName?: string;
    readonly logStreamName?: string;
    readonly logEvents?: readonly { readonly message: string; readonly timestamp: number }[];
  };
  readonly accessKeyId: string | undefined;
  readonly sessionToken: string | undefined;
  readonly region: string | undefined;
  readonly host: string | undefined;
  /** The header `x-sealift-masks`. */
  readonly marks: string | undefined;
}

/** Amazon CloudWatch Logs, as far as log drivers use it: it takes everything, but for the operations that are refused. */
export interface LogsStandIn extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly LogsCall[];
  readonly messages: () => readonly string[];
  /** From now on answers the operation with the error; with none, takes it again. */
  refuse(
    operation: string,
    error?: { readonly type: string; readonly message: string; readonly status?: number },
  ): void;
  wait(message: string): Promise<void>;
}

const answers: Readonly<Record<string, object>> = { PutLogEvents: { nextSequenceToken: "1" } };

/** Listens on a free port of this machine. */
export async function openLogsStandIn(): Promise<LogsStandIn> {
  const calls: LogsCall[] = [];
  const refused = new Map<string, { readonly type: string; readonly message: string; readonly status?: number }>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { headers } = request;
    const text = (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    const operation = String(headers["x-amz-target"]).replace(/^Logs_20140328\./, "");
    const [, accessKeyId, region] = /Credential=([^/]+)\/\d+\/([^/]+)\/logs\//.exec(headers.authorization ?? "") ?? [];
    const error = refused.get(operation);
    if (!error) {
      const sessionToken = headers["x-amz-security-token"] as string | undefined;
      const marks = headers["x-sealift-masks"] as string | undefined;
      calls.push({ operation, input: JSON.parse(text), accessKeyId, sessionToken, region, host: headers.host, marks });
    }
    const answer = error ? { __type: error.type, message: error.message } : (answers[operation] ?? {});
    response
      .writeHead(error ? (error.status ?? 400) : 200, { "content-type": "application/x-amz-json-1.1" })
      .end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const messages = () => calls.flatMap(({ input }) => input.logEvents?.map(({ message }) => message) ?? []);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    messages,
    refuse(operation, error) {
      if (error) refused.set(operation, error);
      else refused.delete(operation);
    },
    async wait(message) {
      await until("a line reaches CloudWatch Logs", () => messages().includes(message), {
        detail: () => JSON.stringify(calls),
      });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
