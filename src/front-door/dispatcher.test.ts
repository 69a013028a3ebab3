import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "@aws-sdk/client-ssm";
import fc from "fast-check";
import { rootPrincipal } from "../../test/support/in-process.ts";
import { ApiError } from "../model/api-error.ts";
import type { WireRequest } from "../wire/protocol.ts";
import { fixture, request, signed, unstorable } from "./dispatcher.fixture.ts";

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
