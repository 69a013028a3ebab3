import { ApiError } from "../model/api-error.ts";
import type { WireRequest, WireResponse } from "../wire/protocol.ts";

/** Answers requests beside AWS's APIs with the JSON of what `work` gives, or of its error. Never rejects. */
export function jsonAnswer(
  work: (request: WireRequest) => Promise<object>,
  onError: (error: unknown) => void,
): (request: WireRequest) => Promise<WireResponse> {
  return async (request) => {
    try {
      return answer(200, await work(request));
    } catch (error) {
      if (error instanceof ApiError) return answer(error.jsonStatus, { __type: error.shape, message: error.message });
      onError(error);
      return answer(500, { __type: "InternalFailure", message: "" });
    }
  };
}

function answer(status: number, body: object): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
