import type { WireRequest, WireResponse } from "../wire/protocol.ts";
import { escapeXml } from "../wire/xml.ts";
import type { Service } from "./service.ts";

const code = "UnknownOperationException";

/**
 * Answers a request for a service that Sealift lacks, as JSON or XML, by the looks of the request. Clients of REST services
 * read the error's code from the header.
 */
export function answerUnserved(
  name: string,
  services: readonly Service[],
  request: WireRequest,
  requestId: string,
): WireResponse & { readonly error: string; readonly message: string } {
  const served = services.map(({ signingName }) => signingName).sort();
  const message = `Sealift does not serve "${name}", it serves ${served.join(", ")}`;
  const isJson =
    request.headers["x-amz-target"] !== undefined || (request.headers["content-type"] ?? "").includes("json");
  const text = escapeXml(message);
  return {
    status: 400,
    error: code,
    message,
    headers: {
      "content-type": isJson ? "application/x-amz-json-1.1" : "text/xml",
      "x-amzn-requestid": requestId,
      "x-amzn-errortype": code,
    },
    body: isJson
      ? JSON.stringify({ __type: code, message })
      : `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${text}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}
