import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { systemClock } from "../../clock.ts";
import { type Answer, json, serve } from "../secrets/json-server.fixture.ts";
import { connectControlPlane } from "./control-plane.ts";
import { endpointsOf } from "./endpoints.ts";

const credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "key", sessionToken: "token" };
const never = new AbortController().signal;
const arn = "arn:aws:ecs:us-east-1:123456789012:container-instance/default/1";

function connect(...urls: readonly string[]) {
  const endpoints = endpointsOf(urls);
  return connectControlPlane({
    endpoints,
    region: "us-east-1",
    credentials: async () => credentials,
    clock: systemClock,
  });
}

/** Who makes the calls: our own at a given endpoint, or AWS's SDK where its settings say. */
const callers: Readonly<Record<string, (context: TestContext, endpoint: string) => ReturnType<typeof connect>>> = {
  "calls of our own": (_, endpoint) => connect(endpoint),
  "AWS's SDK": (context, endpoint) => {
    process.env.AWS_ENDPOINT_URL_ECS = endpoint;
    context.after(() => delete process.env.AWS_ENDPOINT_URL_ECS);
    return connect();
  },
};

const answers: Readonly<Record<string, object>> = {
  RegisterContainerInstance: { containerInstance: { containerInstanceArn: arn } },
  SubmitTaskStateChange: { acknowledgment: "ok" },
  ListTagsForResource: { tags: [{ key: "a", value: "b" }] },
  DiscoverPollEndpoint: { endpoint: "http://127.0.0.1:1/acs", telemetryEndpoint: "http://127.0.0.1:1/tcs" },
};

const answer: Answer = (response, received) =>
  json(200, answers[received.target.split(".")[1] ?? ""])(response, received);

for (const [who, connected] of Object.entries(callers)) {
  test(`the agent's calls by ${who} have what the API's model says`, async (context) => {
    await using server = await serve(answer);
    using plane = connected(context, server.endpoint);
    assert.equal(await plane.register({ cluster: "default", totalResources: [{ name: "CPU", type: "INTEGER" }] }), arn);
    const pullStartedAt = new Date(1_700_000_000_500);
    await plane.submit({ cluster: "default", task: "t", status: "RUNNING", pullStartedAt, reason: undefined }, never);
    assert.deepEqual(await plane.tags(arn), { a: "b" });
    const { url, telemetryUrl } = await plane.discover({ cluster: "default" }, never);
    assert.deepEqual([url, telemetryUrl], ["http://127.0.0.1:1/acs", "http://127.0.0.1:1/tcs"]);
    const prefix = "AmazonEC2ContainerServiceV20141113";
    assert.deepEqual(
      server.received.map(({ target, body }) => [target, body]),
      [
        [
          `${prefix}.RegisterContainerInstance`,
          { cluster: "default", totalResources: [{ name: "CPU", type: "INTEGER" }] },
        ],
        [
          `${prefix}.SubmitTaskStateChange`,
          { cluster: "default", task: "t", status: "RUNNING", pullStartedAt: 1_700_000_000.5 },
        ],
        [`${prefix}.ListTagsForResource`, { resourceArn: arn }],
        [`${prefix}.DiscoverPollEndpoint`, { cluster: "default" }],
      ],
    );
    for (const { authorization, token } of server.received) {
      assert.match(authorization, /Credential=ASIAEXAMPLE\/\d{8}\/us-east-1\/ecs\/aws4_request/);
      assert.equal(token, "token");
    }
  });

  test(`the agent's calls by ${who} fail with the API's own error, and end when they are given up`, async (context) => {
    let reached = () => {};
    await using server = await serve((response, received) => {
      // Has no answer.
      if (received.target.endsWith("DiscoverPollEndpoint")) return reached();
      json(400, { __type: "InvalidParameterException", message: "Invalid parameter" })(response, received);
    });
    using plane = connected(context, server.endpoint);
    const refused = { name: "InvalidParameterException", message: "Invalid parameter" };
    await assert.rejects(plane.submit({ cluster: "default", task: "t" }, never), refused);
    assert.equal(server.received.length, 1);
    const stopping = new AbortController();
    reached = () => stopping.abort();
    await assert.rejects(plane.discover({ cluster: "default" }, stopping.signal), { name: "AbortError" });
    await assert.rejects(plane.discover({ cluster: "default" }, stopping.signal), { name: "AbortError" });
    assert.equal(server.received.length, 2);
  });
}
