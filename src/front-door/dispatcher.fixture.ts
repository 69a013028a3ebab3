import assert from "node:assert/strict";
import * as client from "@aws-sdk/client-ssm";
import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import * as stsClient from "@aws-sdk/client-sts";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { rootPrincipal } from "../../test/support/in-process.ts";
import { operation } from "../model/operation.ts";
import { jsonProtocol } from "../wire/json-protocol.ts";
import type { WireRequest } from "../wire/protocol.ts";
import { queryProtocol } from "../wire/query-protocol.ts";
import type { CallRecord } from "./audit-call.ts";
import { type DispatcherOptions, dispatcher, type RequestRecord } from "./dispatcher.ts";
import { serve } from "./service.ts";

const access = { action: "ssm:GetParameter", resource: "*" };

/** A dispatcher over two small services. It records what happens, and fails where a test wants it to. */
export const unstorable = new Error("invalid byte sequence");

export function fixture(
  failures: Readonly<Record<string, unknown>> = {},
  denial?: string,
  audit: (record: CallRecord) => Promise<void> | undefined = () => undefined,
) {
  const steps: string[] = [];
  const records: RequestRecord[] = [];
  function step(name: string): void {
    steps.push(name);
    if (name in failures) throw failures[name];
  }
  const getParameter = operation(GetParameterCommand)({
    find(input) {
      step("find");
      return { name: input.Name };
    },
    access() {
      step("access");
      return [access, access];
    },
    async run(found, input) {
      step("run");
      assert.equal(found.name, input.Name);
      return { Parameter: { Name: input.Name, Value: "value", LastModifiedDate: new Date(1700000000123) } };
    },
  });
  const putParameter = operation(PutParameterCommand)({ access: () => access, run: async () => ({}) });
  const getCallerIdentity = operation(GetCallerIdentityCommand)({
    access: "authenticated",
    run: async (_found, _input, _context, { account }) => ({ Account: account }),
  });
  const ssm = serve(
    {
      signingName: "ssm",
      targetPrefix: "AmazonSSM",
      protocol: jsonProtocol(),
      violation: { code: "ValidationException", status: 400 },
      load: async () => ({
        model: { limits: { "GetParameterRequest.Name": { min: 1, max: 5 } }, exports: client },
        operations: { GetParameter: async () => getParameter, PutParameter: async () => putParameter },
      }),
    },
    undefined,
  );
  const sts = serve(
    {
      signingName: "sts",
      protocol: queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/", "2011-06-15"),
      violation: { code: "ValidationError", status: 400 },
      load: async () => ({
        model: { limits: {}, exports: stsClient },
        operations: { GetCallerIdentity: async () => getCallerIdentity },
      }),
    },
    undefined,
  );
  const options: DispatcherOptions = {
    services: [ssm, sts],
    partition: "aws",
    async authenticate(_request, { signingName }) {
      step(`authenticate ${signingName}`);
      return { principal: rootPrincipal, region: "eu-west-1" };
    },
    async authorize(call, asked) {
      step(`authorize ${asked.action} ${call.region}`);
      return denial;
    },
    now: () => new Date(0),
    requestId: () => "request-1",
    eventId: () => "event-1",
    audit,
    isUnstorable: (error) => error === unstorable,
    onAnswer: (record) => records.push(record),
  };
  return { dispatch: dispatcher(options), steps, records };
}

export function signed(name: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKIA/20260102/eu-west-1/${name}/aws4_request, SignedHeaders=host, Signature=a`;
}

export function request(overrides: Partial<WireRequest> = {}): WireRequest {
  const { headers, ...rest } = overrides;
  return {
    method: "POST",
    path: "/",
    query: "",
    body: Buffer.from('{"Name":"abc"}'),
    remoteAddress: "192.0.2.1",
    ...rest,
    headers: headers ?? { authorization: signed("ssm"), "x-amz-target": "AmazonSSM.GetParameter" },
  };
}
