import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "@aws-sdk/client-ssm";
import { GetParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import * as stsClient from "@aws-sdk/client-sts";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import fc from "fast-check";
import { rootPrincipal } from "../../test/support/in-process.ts";
import { ApiError } from "../model/api-error.ts";
import { operation } from "../model/operation.ts";
import { jsonProtocol } from "../wire/json-protocol.ts";
import type { WireRequest } from "../wire/protocol.ts";
import { queryProtocol } from "../wire/query-protocol.ts";
import type { CallRecord } from "./audit-call.ts";
import { type DispatcherOptions, dispatcher, type RequestRecord } from "./dispatcher.ts";
import { serve } from "./service.ts";

const access = { action: "ssm:GetParameter", resource: "*" };

/** A dispatcher over two small services. It records what happens, and fails where a test wants it to. */
const unstorable = new Error("invalid byte sequence");

function fixture(
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

function signed(name: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKIA/20260102/eu-west-1/${name}/aws4_request, SignedHeaders=host, Signature=a`;
}

function request(overrides: Partial<WireRequest> = {}): WireRequest {
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

test("dispatcher authenticates, authorises every access, runs and answers", async () => {
  const { dispatch, steps, records } = fixture();
  const { status, headers, body } = await dispatch(request());
  assert.deepEqual(
    [status, headers],
    [200, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "request-1" }],
  );
  assert.deepEqual(JSON.parse(String(body)), {
    Parameter: { Name: "abc", Value: "value", LastModifiedDate: 1700000000.123 },
  });
  const authorize = "authorize ssm:GetParameter eu-west-1";
  assert.deepEqual(steps, ["authenticate ssm", "find", "access", authorize, authorize, "run"]);
  assert.deepEqual(records, [
    {
      requestId: "request-1",
      service: "ssm",
      operation: "GetParameter",
      principal: rootPrincipal.arn,
      status: 200,
      error: undefined,
      cause: undefined,
      milliseconds: 0,
    },
  ]);
});

test("dispatcher refuses at the first step that fails, in this order", async () => {
  const denied = new ApiError({ code: "UnrecognizedClientException", status: 400 }, "no");
  const wrong = Buffer.from("{");
  const tooLong = Buffer.from('{"Name":"abcdef"}');
  const unknown = { authorization: signed("ssm"), "x-amz-target": "AmazonSSM.Nonsense" };
  const all = { "authenticate ssm": denied, run: new ApiError(client.ParameterNotFound$, "gone") };
  const cases: readonly (readonly [ReturnType<typeof fixture>, Partial<WireRequest>, string, string])[] = [
    [fixture(all, "denied"), { headers: unknown, body: wrong }, "UnrecognizedClientException", "no"],
    [fixture({ run: all.run }, "denied"), { headers: unknown, body: wrong }, "UnknownOperationException", ""],
    [fixture({ run: all.run }, "denied"), { body: wrong }, "SerializationException", ""],
    [
      fixture({ run: all.run }, "denied"),
      { body: tooLong },
      "ValidationException",
      "1 validation error detected: Value 'abcdef' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5",
    ],
    [fixture({ run: all.run, find: denied }, "denied"), {}, "UnrecognizedClientException", "no"],
    [fixture({ run: all.run }, "denied"), {}, "AccessDeniedException", "denied"],
    [fixture({ run: all.run }), {}, "ParameterNotFound", "gone"],
  ];
  for (const [{ dispatch, records }, overrides, code, message] of cases) {
    const { status, body } = await dispatch(request(overrides));
    assert.equal(status, 400);
    const { __type, ...texts } = JSON.parse(String(body));
    assert.deepEqual([__type, Object.values(texts)], [code, message === "" ? [] : [message]]);
    assert.deepEqual([records.length, records[0]!.error, records[0]!.cause], [1, code, undefined]);
  }
});

test("dispatcher counts several violations and joins them", async () => {
  const headers = { authorization: signed("ssm"), "x-amz-target": "AmazonSSM.PutParameter" };
  const { body } = await fixture().dispatch(request({ headers, body: Buffer.from("{}") }));
  const of = (name: string) => `Value null at '${name}' failed to satisfy constraint: Member must not be null`;
  assert.equal(JSON.parse(String(body)).message, `2 validation errors detected: ${of("name")}; ${of("value")}`);
});

test("dispatcher withholds what goes wrong inside and reports it once", async () => {
  const secret = new Error("the password is hunter2");
  const headers = { authorization: signed("sts") };
  const identity = request({ headers, body: Buffer.from("Action=GetCallerIdentity") });
  const cases: readonly (readonly [Readonly<Record<string, unknown>>, WireRequest, unknown])[] = [
    [{ "authenticate ssm": secret }, request(), secret],
    [{ access: secret }, request(), secret],
    [{ "authorize ssm:GetParameter eu-west-1": secret }, request(), secret],
    [{ run: secret }, request(), secret],
    [{ run: "hunter2" }, request(), "hunter2"],
    [{ "authenticate sts": secret }, identity, secret],
  ];
  for (const [failures, wire, cause] of cases) {
    const { dispatch, records } = fixture(failures);
    const { status, body } = await dispatch(wire);
    assert.equal(status, 500);
    assert.match(String(body), /InternalFailure/);
    assert.doesNotMatch(String(body), /hunter2|\.ts/);
    assert.deepEqual([records.length, records[0]!.cause], [1, cause]);
  }
  const { dispatch, records } = fixture({ run: undefined });
  assert.equal((await dispatch(request())).status, 500);
  assert.ok(records[0]!.cause instanceof Error);
});

test("dispatcher takes text that storage cannot hold for the request's fault", async () => {
  const { dispatch, records } = fixture({ run: unstorable });
  const { status, body } = await dispatch(request());
  assert.equal(status, 400);
  assert.deepEqual(JSON.parse(String(body)), {
    __type: "ValidationException",
    message: "1 validation error detected: Invalid character U+0000 in a String",
  });
  assert.equal(records[0]!.cause, undefined);
});

test("dispatcher names an operation that Sealift lacks, in the service's protocol", async () => {
  const { dispatch } = fixture();
  const json = await dispatch(
    request({ headers: { authorization: signed("ssm"), "x-amz-target": "AmazonSSM.StartSession" } }),
  );
  assert.deepEqual(JSON.parse(String(json.body)), {
    __type: "UnknownOperationException",
    message: "The operation StartSession is not implemented by Sealift",
  });
  const query = await dispatch(
    request({ headers: { authorization: signed("sts") }, body: Buffer.from("Action=GetFederationToken") }),
  );
  assert.match(
    String(query.body),
    /<Code>InvalidAction<\/Code><Message>The operation GetFederationToken is not implemented by Sealift/,
  );
});

test("dispatcher takes no operation from a target of another service, or at a path", async () => {
  const { dispatch } = fixture();
  const authorization = signed("ssm");
  const wrong = [
    request({ headers: { authorization, "x-amz-target": "TrentService.GetParameter" } }),
    request({ headers: { authorization, "x-amz-target": "GetParameter" } }),
    request({ headers: { authorization } }),
    request({ path: "/parameters" }),
  ];
  for (const wire of wrong) {
    const { status, body } = await dispatch(wire);
    assert.deepEqual([status, JSON.parse(String(body)).__type], [400, "UnknownOperationException"]);
  }
});

test("dispatcher finds the service by the credential's scope, then by the target", async () => {
  const target = { "x-amz-target": "AmazonSSM.GetParameter" };
  const presigned = "Action=GetCallerIdentity&X-Amz-Credential=AKIA%2F20260102%2Fus-east-1%2Fsts%2Faws4_request";
  const cases: readonly (readonly [Partial<WireRequest>, string])[] = [
    [{ headers: { ...target, authorization: signed("sts") } }, "sts"],
    [{ headers: { ...target, authorization: signed("ssm") } }, "ssm"],
    [{ headers: target }, "ssm"],
    [{ headers: { ...target, authorization: "Bearer token" } }, "ssm"],
    [{ headers: {}, method: "GET", query: presigned }, "sts"],
    [{ headers: {} }, "sts"],
  ];
  for (const [overrides, name] of cases) {
    const { dispatch, steps } = fixture();
    await dispatch(request(overrides));
    assert.equal(steps[0], `authenticate ${name}`);
  }
});

test("dispatcher says which service it does not serve, in a protocol that its clients read", async () => {
  const message = (name: string) => `Sealift does not serve "${name}", it serves ssm, sts`;
  const json: readonly (readonly [Record<string, string>, string])[] = [
    [{ authorization: signed("logs"), "x-amz-target": "Logs_20140328.PutLogEvents" }, "logs"],
    [{ "x-amz-target": "DynamoDB_20120810.ListTables" }, "DynamoDB_20120810"],
    [{ authorization: signed("lambda"), "content-type": "application/json" }, "lambda"],
  ];
  for (const [headers, name] of json) {
    const { dispatch, steps, records } = fixture();
    const answer = await dispatch(request({ headers }));
    assert.deepEqual([answer.status, answer.headers["x-amzn-errortype"]], [400, "UnknownOperationException"]);
    assert.deepEqual(JSON.parse(String(answer.body)), { __type: "UnknownOperationException", message: message(name) });
    assert.deepEqual([steps, records.length, records[0]!.service], [[], 1, name]);
  }
  const xml = await fixture().dispatch(
    request({ method: "GET", path: "/bucket", headers: { authorization: signed("s3") } }),
  );
  assert.equal(xml.headers["content-type"], "text/xml");
  assert.match(
    String(xml.body),
    /^<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code><Message>Sealift does not serve "s3", it serves ssm, sts<\/Message>/,
  );
});

test("dispatcher takes no longer for hostile credentials than for any other", async () => {
  const { dispatch } = fixture();
  const started = process.cpuUsage();
  await dispatch(request({ headers: {}, query: `X-Amz-Credential=${"%2F".repeat(10_000)}` }));
  await dispatch(request({ headers: { authorization: "Credential=".repeat(3_000) } }));
  await dispatch(request({ headers: { authorization: `Credential=${"a/".repeat(15_000)}` } }));
  assert.ok(process.cpuUsage(started).user < 2_000_000);
});

test("dispatcher answers anything without failing, and shows no stack", async () => {
  const { dispatch, records } = fixture();
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const name = fc.constantFrom("ssm", "sts", "s3", "", "a/b", "<x>");
  const headers = fc.record(
    {
      authorization: fc.oneof(text, name.map(signed)),
      "x-amz-target": fc.oneof(
        text,
        fc.constantFrom("AmazonSSM.GetParameter", "AmazonSSM.", ".", "AmazonSSM.constructor"),
      ),
      "content-type": text,
      "user-agent": text,
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json(),
    fc
      .dictionary(fc.constantFrom("Name", "WithDecryption", "__proto__"), fc.jsonValue())
      .map((value) => JSON.stringify(value)),
    text.map((value) => `Action=GetCallerIdentity&${value}`),
    text.map((value) => `Action=${value}`),
  );
  const wire = fc.record({
    method: fc.constantFrom("GET", "POST", "PUT", "HEAD", "OPTIONS", "X"),
    path: fc.oneof(fc.constant("/"), text),
    query: text,
    headers,
    body: body.map((value) => Buffer.from(value as string)),
    remoteAddress: fc.constant("192.0.2.1"),
  });
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(wire, async (sent) => {
      const answer = await dispatch(sent as WireRequest);
      answered++;
      assert.ok(answer.status === 200 || (answer.status >= 400 && answer.status < 500), `${answer.status}`);
      assert.doesNotMatch(String(answer.body), /\n\s+at |\.ts:/);
    }),
    { numRuns: 1000 },
  );
  assert.deepEqual([records.length, records.filter(({ cause }) => cause !== undefined)], [answered, []]);
});

test("dispatcher answers only once the call is written down, and writes every request down once", async () => {
  const gate = Promise.withResolvers<void>();
  const written: CallRecord[] = [];
  const { dispatch, records } = fixture({}, undefined, (record) => {
    written.push({ ...record });
    return gate.promise;
  });
  const answer = dispatch(request());
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([written.length, records.length], [1, 0]);
  gate.resolve();
  assert.equal((await answer).status, 200);
  const [{ operation, input, output, accesses, call, error } = {} as CallRecord] = written;
  assert.deepEqual(
    [operation, input, (output as { Parameter: object }).Parameter !== undefined, accesses.length, error],
    ["GetParameter", { Name: "abc" }, true, 2, undefined],
  );
  assert.deepEqual([call?.eventId, call?.requestId], ["event-1", "request-1"]);
});

test("dispatcher writes down requests that fail, each with what is known of it", async () => {
  const unknownKey = new ApiError({ code: "UnrecognizedClientException", status: 400 }, "no");
  const cases: readonly (readonly [Parameters<typeof fixture>[0], string | undefined, Partial<WireRequest>, object])[] =
    [
      [
        { "authenticate ssm": unknownKey },
        undefined,
        {},
        { operation: "GetParameter", accessKeyId: "AKIA", code: "UnrecognizedClientException", known: false },
      ],
      [{}, "denied", {}, { operation: "GetParameter", code: "AccessDeniedException", known: true }],
      [
        {},
        undefined,
        { body: Buffer.from("{") },
        { operation: "GetParameter", code: "SerializationException", known: true },
      ],
      [
        {},
        undefined,
        { headers: { authorization: signed("ssm"), "x-amz-target": "AmazonSSM.Nonsense" } },
        { operation: "Nonsense", code: "UnknownOperationException", known: true },
      ],
      [
        {},
        undefined,
        { headers: { authorization: signed("logs"), "x-amz-target": "Logs.PutLogEvents" } },
        { service: "logs", operation: "PutLogEvents", code: "UnknownOperationException", known: false },
      ],
      [
        { run: new Error("hunter2") },
        undefined,
        {},
        { operation: "GetParameter", code: "InternalFailure", known: true },
      ],
    ];
  for (const [failures, denial, overrides, expected] of cases) {
    const written: CallRecord[] = [];
    const { dispatch } = fixture(failures, denial, (record) => {
      written.push(record);
      return undefined;
    });
    await dispatch(request(overrides));
    const [record, ...more] = written;
    const { service, operation, accessKeyId, error, call } = record!;
    const said = { service, operation, accessKeyId, code: error?.code, known: call !== undefined };
    assert.deepEqual({ ...said, ...expected }, said);
    assert.deepEqual([more, record!.output, JSON.stringify(error).includes("hunter2")], [[], undefined, false]);
  }
});

test("dispatcher gives nothing out that could not be written down", async () => {
  const { dispatch, records } = fixture({}, undefined, async () => {
    throw new Error("disk full");
  });
  const { status, body } = await dispatch(request());
  assert.deepEqual([status, JSON.parse(String(body))], [503, { __type: "ServiceUnavailable" }]);
  assert.equal(records.length, 1);
  assert.equal(((records[0]!.cause as Error).cause as Error).message, "disk full");
});
