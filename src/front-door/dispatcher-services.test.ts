import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireRequest } from "../wire/protocol.ts";
import { fixture, request, signed } from "./dispatcher.fixture.ts";

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
