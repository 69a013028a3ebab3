import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../model/api-error.ts";
import type { WireRequest } from "../wire/protocol.ts";
import type { CallRecord } from "./audit-call.ts";
import { fixture, request, signed } from "./dispatcher.fixture.ts";

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
