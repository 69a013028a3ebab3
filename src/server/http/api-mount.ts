import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import type { HttpRequest, HttpResponse, Mount } from "./mounts.ts";
import { wireRequest } from "./wire-request.ts";

/** Bytes of a request's body. AWS's largest input here, a policy document in a form, stays well below. */
const largestBody = 2 * 1024 * 1024;

/** Bytes of a body that is read before anybody knows who sends it. A web identity's token and policies stay below. */
const largestUnknown = 64 * 1024;

/** Bytes of larger bodies that are held at the same time. */
const budget = 64 * 1024 * 1024;

/** Milliseconds for a whole request. */
const patience = 30_000;

export interface ApiMountOptions {
  /** Answers an API request; never rejects. */
  dispatch(request: WireRequest): Promise<WireResponse>;
  /** Whether the headers are those of a holder of an access key; the body is not looked at. Never rejects. */
  isKnown(request: WireRequest): Promise<boolean>;
  readonly patience?: number;
  readonly budget?: number;
}

/** The AWS APIs: all paths that belong to no other mount. Bodies are held whole, because a signature covers all of them. */
export function apiMount(options: ApiMountOptions): Mount {
  let left = options.budget ?? budget;

  async function large(request: HttpRequest): Promise<HttpResponse> {
    const { length } = contentLength(request);
    if (length > largestBody) return drop(request, tooLarge(request));
    const head = wireRequest(request);
    if (!(await options.isKnown(head))) {
      // The signature is refused by the headers alone. A form that is not signed may be a web identity's.
      return drop(request, isForm(request) ? tooLarge(request) : await options.dispatch(head));
    }
    if (left < length) return drop(request, busy(request));
    left -= length;
    try {
      return await buffered(request, largestBody);
    } finally {
      left += length;
    }
  }

  async function buffered(request: HttpRequest, most: number): Promise<HttpResponse> {
    const body = await request.body.read(most);
    if (body === "too large") return tooLarge(request);
    // Nobody is there to read the answer.
    if (body === "aborted") return { status: 400, headers: {}, body: "" };
    return options.dispatch(wireRequest(request, body));
  }

  return {
    prefix: "",
    largestBody,
    patience: options.patience ?? patience,
    handle(request) {
      const { length, isTold } = contentLength(request);
      if (isTold && length > largestUnknown) return large(request);
      return buffered(request, largestUnknown);
    },
  };
}

/** Where the client does not tell the length, the body is taken for a small one. */
function contentLength({ headers }: HttpRequest): { readonly length: number; readonly isTold: boolean } {
  const text = headers["content-length"];
  return text === undefined ? { length: 0, isTold: false } : { length: Number(text), isTold: true };
}

/** A client that is still sending reads no answer. */
async function drop(request: HttpRequest, response: HttpResponse): Promise<HttpResponse> {
  await request.body.read(0);
  return response;
}

/** Whether the request speaks the Query protocol, whose clients read XML only. */
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

/** Nobody has read the request, so no service words the answer. */
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
