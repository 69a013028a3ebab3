import assert from "node:assert/strict";
import { test } from "node:test";
import { DOMParser } from "@xmldom/xmldom";
import { type ApiOptions, createApi } from "./client.ts";
import { ApiError, isDenial, Unreachable } from "./error.ts";
import { everyPage } from "./pages.ts";
import type { XmlElement } from "./xml.ts";

interface Answer {
  readonly status?: number;
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An `Api` of a server that gives these answers, one after the other, and the requests that it got. */
function apiOf(answers: readonly (Answer | Error)[], options: Partial<ApiOptions> = {}) {
  const requests: { readonly headers: Readonly<Record<string, string>>; readonly body: string }[] = [];
  const api = createApi({
    region: "eu-west-1",
    credentials: () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" }),
    origin: "http://sealift.test:4566",
    parseXml: (text) => new DOMParser().parseFromString(text, "text/xml").documentElement as unknown as XmlElement,
    now: () => Date.parse("2026-11-30T00:00:00Z"),
    async fetch(_url, init) {
      requests.push({ headers: init?.headers as Record<string, string>, body: String(init?.body) });
      const answer = answers[requests.length - 1];
      if (answer === undefined || answer instanceof Error) throw answer;
      const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      return new Response(text, { status: answer.status ?? 200, headers: answer.headers ?? {} });
    },
    ...options,
  });
  return { api, requests };
}

test("call signs AWS JSON for the host and the Region, and reads times as seconds", async () => {
  const { api, requests } = apiOf([{ body: { tasks: [{ createdAt: 1_700_000_000.5 }] } }]);
  const { tasks } = await api.call("ecs", "DescribeTasks", { tasks: ["a"], cluster: "c" });
  assert.equal(tasks?.[0]?.createdAt, 1_700_000_000.5);
  assert.equal(requests[0]?.headers["x-amz-target"], "AmazonEC2ContainerServiceV20141113.DescribeTasks");
  assert.match(
    requests[0]?.headers.authorization ?? "",
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261130\/eu-west-1\/ecs\/aws4_request, SignedHeaders=content-type;host;/,
  );
  assert.equal(requests[0]?.headers["x-amz-security-token"], "token");
  assert.equal(requests[0]?.headers.host, undefined);
  assert.deepEqual(JSON.parse(requests[0]?.body ?? ""), { tasks: ["a"], cluster: "c" });
});

test("call writes AWS Query with lists and structures, and reads lists, numbers, booleans and times of XML", async () => {
  const body = `<ListRolesResponse xmlns="x"><ListRolesResult><Roles><member><RoleName>a&lt;b</RoleName>
    <MaxSessionDuration>3600</MaxSessionDuration><CreateDate>2026-11-30T00:00:00Z</CreateDate><Tags/></member></Roles>
    <IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>`;
  const { api, requests } = apiOf([{ body }, { body: "<CreateRoleResponse><CreateRoleResult/></CreateRoleResponse>" }]);
  assert.deepEqual(await api.call("iam", "ListRoles", {}), {
    Roles: [{ RoleName: "a<b", MaxSessionDuration: 3_600, CreateDate: 1_795_996_800, Tags: [] }],
    IsTruncated: false,
  });
  await api.call("iam", "CreateRole", {
    RoleName: "r",
    AssumeRolePolicyDocument: "{}",
    Tags: [{ Key: "k", Value: "v&" }],
  });
  assert.equal(
    requests[1]?.body,
    "Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%7D&Tags.member.1.Key=k&Tags.member.1.Value=v%26",
  );
});

test("call rejects with the API's own code, message and request id, of JSON and of XML", async () => {
  const { api } = apiOf([
    {
      status: 400,
      body: { __type: "com.amazonaws.ssm#AccessDeniedException", Message: "User: a is not authorized" },
      headers: { "x-amzn-requestid": "request-1" },
    },
    {
      status: 403,
      body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No &amp; no</Message></Error></ErrorResponse>",
    },
    { status: 502, body: "<html>Bad gateway" },
    ...Array.from({ length: 3 }, () => new TypeError("Failed to fetch")),
  ]);
  const errors = [
    await api.call("ssm", "GetParameter", { Name: "a" }).catch((error: unknown) => error),
    await api.call("iam", "ListRoles", {}).catch((error: unknown) => error),
    await api.call("ecs", "ListTasks", {}).catch((error: unknown) => error),
    await api.call("ecs", "ListTasks", {}).catch((error: unknown) => error),
  ];
  const [json, xml, html, none] = errors;
  assert.ok(json instanceof ApiError && isDenial(json));
  assert.deepEqual(
    [json.code, json.message, json.requestId],
    ["AccessDeniedException", "User: a is not authorized", "request-1"],
  );
  assert.ok(xml instanceof ApiError && isDenial(xml));
  assert.equal(xml.message, "No & no");
  assert.ok(html instanceof ApiError);
  assert.equal(html.code, "HTTP 502");
  assert.ok(none instanceof Unreachable);
});

test("call asks again where no answer came, with the same token", async () => {
  const { api, requests } = apiOf([new TypeError("Failed to fetch"), { body: { tasks: [] } }]);
  await api.call("ecs", "RunTask", { taskDefinition: "web" });
  const [first, second] = requests.map(({ body }) => JSON.parse(body));
  assert.match(first.clientToken, /^[0-9a-f-]{36}$/);
  assert.deepEqual(first, second);
});

test("call signs anew by the server's clock when its own is wrong", async () => {
  const late = { status: 403, body: { __type: "InvalidSignatureException", message: "Signature expired" } };
  const { api, requests } = apiOf([{ ...late, headers: { date: "Mon, 30 Nov 2026 02:00:00 GMT" } }, { body: {} }]);
  await api.call("ecs", "ListClusters", {});
  assert.deepEqual(
    requests.map(({ headers }) => headers["x-amz-date"]),
    ["20261130T000000Z", "20261130T020000Z"],
  );
});

test("calls that were signed together by a wrong clock are all signed anew", async () => {
  const late = {
    status: 403,
    body: { __type: "InvalidSignatureException", message: "Signature expired" },
    headers: { date: "Mon, 30 Nov 2026 02:00:00 GMT" },
  };
  const { api, requests } = apiOf([late, late, { body: {} }, { body: {} }]);
  await Promise.all([api.call("ecs", "ListClusters", {}), api.call("ecs", "ListTasks", {})]);
  assert.deepEqual(
    requests.map(({ headers }) => headers["x-amz-date"]),
    ["20261130T000000Z", "20261130T000000Z", "20261130T020000Z", "20261130T020000Z"],
  );
});

test("everyPage follows tokens in each service's words, and joins the pages", async () => {
  const { api, requests } = apiOf([
    { body: { taskArns: ["a"], nextToken: "next" } },
    { body: { taskArns: ["b"] } },
    { body: { Keys: [{ KeyId: "a" }], Truncated: true, NextMarker: "m" } },
    { body: { Keys: [{ KeyId: "b" }], Truncated: false } },
  ]);
  assert.deepEqual(await everyPage(api, "ecs", "ListTasks", { cluster: "c" }, "taskArns"), ["a", "b"]);
  assert.deepEqual(await everyPage(api, "kms", "ListKeys", {}, "Keys"), [{ KeyId: "a" }, { KeyId: "b" }]);
  assert.deepEqual(
    requests.map(({ body }) => JSON.parse(body)),
    [{ cluster: "c" }, { cluster: "c", nextToken: "next" }, {}, { Marker: "m" }],
  );
});

test("call gives Secrets Manager's writes a token, as the SDK does", async () => {
  const { api, requests } = apiOf([{ body: {} }, { body: {} }]);
  await api.call("secretsmanager", "CreateSecret", { Name: "a", SecretString: "b" });
  await api.call("secretsmanager", "DescribeSecret", { SecretId: "a" });
  const [create, describe] = requests.map(({ body }) => JSON.parse(body));
  assert.match(create.ClientRequestToken, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(describe, { SecretId: "a" });
});
