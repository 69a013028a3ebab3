import { turns } from "../../concurrency/turns.ts";
import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import type { HttpRequest, HttpResponse, Mount } from "./mounts.ts";
import { wireRequest } from "./wire-request.ts";

/** Largest body, in bytes. The largest input of most operations, a policy document in a form, is far smaller. */
const largestBody = 2 * 1024 * 1024;

/** Largest body of PutLogEvents: 1 MiB of messages, each byte of which may be six in JSON, with 41 around each of 10,000. */
const largestBatch = 7 * 1024 * 1024;

/** Largest body of UploadLayerPart: 20 MiB in base64, each slash of which some clients escape, with the names around them. */
const largestPart = 29 * 1024 * 1024;

/** Largest bodies, by operation, where they are not `largestBody`. */
const largestOf: Readonly<Record<string, number>> = {
  "Logs_20140328.PutLogEvents": largestBatch,
  "AmazonEC2ContainerRegistry_V20150921.UploadLayerPart": largestPart,
};

/** Largest body of an unknown sender, in bytes. A SAML provider's response, in a form, is smaller. */
const largestUnknown = 128 * 1024;

/** Bytes of larger bodies that may be in memory at the same time. */
const budget = 64 * 1024 * 1024;

/** Milliseconds for a whole request; a large one of a known sender has as much more as it takes at the slowest. */
const patience = 30_000;

/** Bytes a millisecond that a known sender reaches at the slowest: half a megabit a second. */
const slowest = 64;

export interface ApiMountOptions {
  /** Answers an API request; never rejects. */
  dispatch(request: WireRequest): Promise<WireResponse>;
  /** Resolves to true if the holder of an access key sent the headers. Does not read the body. Never rejects. */
  isKnown(request: WireRequest): Promise<boolean>;
  readonly patience?: number;
  readonly budget?: number;
}

/** The AWS APIs: all paths that belong to no other mount. Bodies are held whole, because a signature covers all of them. */
export function apiMount(options: ApiMountOptions): Mount {
  let left = options.budget ?? budget;
  const endOfTurn = turns();

  async function large(request: HttpRequest): Promise<HttpResponse> {
    const { length } = contentLength(request);
    const most = largestOf[request.headers["x-amz-target"] ?? ""] ?? largestBody;
    if (length > most) return drop(request, tooLarge(request));
    const head = wireRequest(request);
    if (!(await options.isKnown(head))) {
      // The dispatcher refuses the signature by the headers alone. An unsigned form may be a web identity's.
      return drop(request, isForm(request) ? tooLarge(request) : await options.dispatch(head));
    }
    if (left < length) return drop(request, busy(request));
    left -= length;
    try {
      return await buffered(request, most, length / slowest);
    } finally {
      left += length;
    }
  }

  async function buffered(request: HttpRequest, most: number, longer = 0): Promise<HttpResponse> {
    const body = await request.body.read(most, longer);
    if (body === "too large") return tooLarge(request);
    // The client went away, and reads no answer.
    if (body === "aborted") return { status: 400, headers: {}, body: "" };
    // Requests that came in one turn are answered step by step together; what is large is done with before the next one is read.
    if (body.length <= largestUnknown) await endOfTurn();
    return options.dispatch(wireRequest(request, body));
  }

  return {
    prefix: "",
    largestBody: largestPart,
    patience: options.patience ?? patience,
    handle(request) {
      const { length, isGiven } = contentLength(request);
      if (isGiven && length > largestUnknown) return large(request);
      return buffered(request, largestUnknown);
    },
  };
}

/** A body without a content-length counts as small. */
function contentLength({ headers }: HttpRequest): { readonly length: number; readonly isGiven: boolean } {
  const text = headers["content-length"];
  return text === undefined ? { length: 0, isGiven: false } : { length: Number(text), isGiven: true };
}

/** Reads the body to its end first: a client that is still sending reads no answer. */
async function drop(request: HttpRequest, response: HttpResponse): Promise<HttpResponse> {
  await request.body.read(0);
  return response;
}

/** True for the Query protocol, whose clients read XML only. */
function isForm({ headers }: HttpRequest): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "");
}

function tooLarge(request: HttpRequest): HttpResponse {
  return refusal(request, { status: 413, code: "RequestEntityTooLarge", message: "Request size exceeds limit" });
}

function busy(request: HttpRequest): HttpResponse {
  const message = "Too many large requests are under way; try again";
  return refusal(request, { status: 503, code: "ServiceUnavailable", message });
}

/** Words an answer without a service, because the request was not read. */
function refusal(
  request: HttpRequest,
  { status, code, message }: { readonly status: number; readonly code: string; readonly message: string },
): HttpResponse {
  if (isForm(request)) {
    const type = status < 500 ? "Sender" : "Receiver";
    const body = `<ErrorResponse><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
    return { status, headers: { connection: "close", "content-type": "text/xml" }, body };
  }
  const body = JSON.stringify({ __type: `${code}Exception`, message });
  return { status, headers: { connection: "close", "content-type": "application/json" }, body };
}
