import { XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import { ApiError } from "../model/api-error.ts";
import { readForm } from "./form.ts";
import type { Protocol, WireRequest } from "./protocol.ts";
import { escapeXml } from "./xml.ts";

/** AWS Query: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function queryProtocol(xmlNamespace: string, version: string): Protocol {
  return {
    contentType: "text/xml",
    accessDenied: { code: "AccessDenied", status: 403 },
    operationName: (request) => form(request).get("Action") ?? undefined,
    async decode(schema, request) {
      return readForm(NormalizedSchema.of(schema[4]), form(request));
    },
    encode(schema, output, requestId) {
      const name = schema[2];
      const result = NormalizedSchema.of(schema[5]);
      const body = result.isStructSchema() ? `<${name}Result>${members(result, output)}</${name}Result>` : "";
      return `<${name}Response xmlns="${xmlNamespace}">${body}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`;
    },
    encodeError: (error, requestId) => ({
      status: error.queryStatus,
      body: `<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${error.sender ? "Sender" : "Receiver"}</Type><Code>${escapeXml(error.queryCode)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
    unknownOperation(name, exists) {
      if (name === undefined) return new ApiError({ code: "MissingAction", status: 400 }, "Missing Action");
      return new ApiError(
        { code: "InvalidAction", status: 400 },
        exists
          ? `The operation ${name} is not implemented by Sealift`
          : `Could not find operation ${name} for version ${version}`,
      );
    },
  };
}

/**
 * Most parameters of a form. The largest lists of the served APIs are far smaller. Reading 100,000 parameters takes 100 ms,
 * during which no other request is served.
 */
const mostParameters = 10_000;

const forms = new WeakMap<WireRequest, URLSearchParams>();

/** Reads the form in the body, or in the request target if the body is empty: a presigned GET, or a POST by hand. */
function form(request: WireRequest): URLSearchParams {
  const known = forms.get(request);
  if (known) return known;
  const inTarget = request.method === "GET" || request.body.length === 0;
  const text = inTarget ? request.query : request.body.toString("utf8");
  if (text.length > mostParameters && text.split("&", mostParameters + 1).length > mostParameters) {
    // The audit trail asks for the operation's name again. It gets none instead of this error again.
    forms.set(request, new URLSearchParams());
    throw new ApiError({ code: "MalformedInput", status: 400 }, "The input has too many parameters");
  }
  const made = new URLSearchParams(text);
  forms.set(request, made);
  return made;
}

function members(schema: NormalizedSchema, output: object): string {
  const serializer = new XmlShapeSerializer({
    xmlNamespace: "",
    serviceNamespace: "",
    timestampFormat: { useTrait: true, default: 5 },
  });
  serializer.write(schema, output);
  return String(serializer.flush()).replace(/^<[^>]+>|<\/[^>]+>$/g, "");
}
