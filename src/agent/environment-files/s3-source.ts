import type { IncomingMessage } from "node:http";
import type { Clock } from "../../clock.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { encoded, signRequest } from "../calls/sign-call.ts";
import type { ObjectLocation } from "./location.ts";
import { isTransient, maximumAttempts, S3Error, s3ErrorOf, s3ErrorText } from "./s3-error.ts";

/** Where environment files are read, with the execution role's permissions. */
export interface ObjectSource {
  /** Reads an object. Rejects with an error in the words of AWS's SDK for Go, or when `signal` is aborted. */
  getObject(location: ObjectLocation, signal: AbortSignal): Promise<Buffer>;
}

export interface S3SourceOptions {
  /** The execution role's session. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  /** In which a bucket is looked for first; S3 says where it really is. */
  readonly region: string;
  /** A store that speaks S3's protocol; AWS's own if absent. */
  readonly endpoint?: string;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds for one attempt, until its answer begins; 5,000 as in AWS's agent. */
  readonly requestTimeout?: number;
}

/** Milliseconds for a file as a whole, as in AWS's agent. */
const downloadTimeout = 30_000;

/** Milliseconds before the second attempt, at most; twice as many before the third. */
const longestDelay = 1_000;

/** No environment is that large. */
const mostBytes = 16 * 1024 * 1024;

const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

interface Place {
  readonly protocol: string;
  readonly host: string;
  /** Encoded. */
  readonly path: string;
}

/** Reads objects of Amazon S3, or of a store at another endpoint. Nothing is written to a disk. */
export function s3Source(options: S3SourceOptions): ObjectSource {
  const { timers, requestTimeout = 5_000 } = options;

  async function getObject(location: ObjectLocation, signal: AbortSignal): Promise<Buffer> {
    const all = AbortSignal.any([signal, AbortSignal.timeout(downloadTimeout)]);
    let region = options.region;
    let isMoved = false;
    for (let attempt = 1; ; ) {
      try {
        return await get(location, region, all);
      } catch (error) {
        if (!(error instanceof S3Error)) throw error;
        const { region: told } = error;
        // Which Region a bucket is in is told to whoever asks in another one.
        if (!isMoved && isRegion(told) && told !== region && error.status >= 300 && error.status < 500) {
          region = told;
          isMoved = true;
          continue;
        }
        if (!isTransient(error) || attempt >= maximumAttempts || all.aborted) {
          throw new Error(s3ErrorText(error, attempt));
        }
        await pause(timers, Math.random() * longestDelay * 2 ** (attempt - 1), all);
        attempt++;
      }
    }
  }

  async function get(location: ObjectLocation, region: string, signal: AbortSignal): Promise<Buffer> {
    const place = placeOf(location, region, options.endpoint);
    const { host, path } = place;
    const headers = { "x-amz-content-sha256": emptyHash };
    const request = {
      session: options.credentials,
      region,
      service: "s3",
      method: "GET",
      host,
      path,
      headers,
      body: "",
    };
    return send(place, signRequest(request, options.clock.now()), signal);
  }

  /** By Node's own client: `fetch` takes the dots out of a path, which may belong to a key. */
  async function send({ protocol, host, path }: Place, headers: Record<string, string>, signal: AbortSignal) {
    const { request } = protocol === "https:" ? await import("node:https") : await import("node:http");
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const { hostname, port } = new URL(`${protocol}//${host}`);
      const sent = request({ protocol, hostname: hostname.replace(/^\[|\]$/g, ""), port, path, headers, signal });
      sent.setTimeout(requestTimeout, () => sent.destroy(new Error("canceled, context deadline exceeded")));
      sent.on("response", resolve);
      sent.on("error", (error) => reject(notSent(error)));
      sent.end();
    });
    const body = await bodyOf(answer);
    const { statusCode = 0 } = answer;
    if (statusCode === 200) return body;
    throw s3ErrorOf(statusCode, answer.headers, body.toString("utf8", 0, 64 * 1024));
  }

  return { getObject };
}

/** It becomes part of a host name, and the session's token goes there. */
function isRegion(text: string | undefined): text is string {
  return text !== undefined && /^[a-z0-9-]{1,63}$/.test(text);
}

function notSent(error: Error): S3Error {
  const isLate = error.message.startsWith("canceled") || error.name === "AbortError";
  return new S3Error(isLate ? "canceled, context deadline exceeded" : `request send failed, ${error.message}`);
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of answer) {
      parts.push(part);
      length += part.length;
      if (length > mostBytes)
        throw new S3Error(`it has more than ${mostBytes} bytes`, { code: "EntityTooLarge", status: 200 });
    }
  } catch (error) {
    throw error instanceof S3Error ? error : notSent(error as Error);
  }
  return Buffer.concat(parts);
}

/** Buckets have hosts of their own at AWS, where the certificate allows that, and paths elsewhere. */
function placeOf({ bucket, key }: ObjectLocation, region: string, endpoint: string | undefined): Place {
  const path = `/${key.split("/").map(encoded).join("/")}`;
  if (endpoint !== undefined) {
    const { protocol, host, pathname } = new URL(endpoint);
    return { protocol, host, path: `${pathname.replace(/\/$/, "")}/${encoded(bucket)}${path}` };
  }
  const s3 = `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  if (/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)) return { protocol: "https:", host: `${bucket}.${s3}`, path };
  return { protocol: "https:", host: s3, path: `/${encoded(bucket)}${path}` };
}
