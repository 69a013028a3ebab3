import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import type { SplunkOptions } from "./splunk-options.ts";

export interface SplunkRequest {
  readonly method: "OPTIONS" | "POST";
  readonly url: URL;
  readonly headers: OutgoingHttpHeaders;
  readonly tls: SplunkOptions["tls"];
  readonly body?: Buffer;
}

/** Milliseconds for the whole of a request. */
const timeout = 5_000;

/** Asks the collector; rejects with the reason unless it answers 200. Not `fetch`, which cannot trust a certificate for one request. */
export async function splunkRequest({ method, url, headers, tls, body }: SplunkRequest): Promise<void> {
  const options = {
    method,
    headers: { ...headers, "content-length": body?.length ?? 0 },
    signal: AbortSignal.timeout(timeout),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request =
      url.protocol === "https:"
        ? httpsRequest(url, { ...options, ...tls }, resolve)
        : httpRequest(url, options, resolve);
    request.once("error", reject).end(body);
  });
  const answer = (await text(response)).slice(0, 1024);
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.statusMessage} - ${answer}`);
}
