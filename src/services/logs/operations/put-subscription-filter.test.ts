import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { assertRefused, functionArn, makeStream, put, type Setting, testLogs } from "../logs.fixture.ts";

const filter = { logGroupName: "/app", filterName: "errors", filterPattern: "ERROR", destinationArn: functionArn };

interface Document {
  readonly messageType: string;
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly subscriptionFilters: readonly string[];
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
}

/** A function of the operator's; `status` is what it answers with. */
async function openFunction({ functions }: Setting) {
  const got: Document[] = [];
  const state = { status: 200 };
  const server = createServer(async (request, response) => {
    const { awslogs } = (await json(request)) as { readonly awslogs: { readonly data: string } };
    if (state.status === 200) got.push(JSON.parse(gunzipSync(Buffer.from(awslogs.data, "base64")).toString()));
    response.writeHead(state.status).end("null");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  functions.set("own", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    ...{ got, state },
    messages: () => got.flatMap(({ logEvents }) => logEvents.map(({ message }) => message)),
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

testLogs("PutSubscriptionFilter delivers what comes from then on and matches, once", async (setting) => {
  const { logs, clock, deliver } = setting;
  await using target = await openFunction(setting);
  await makeStream(setting);
  await put(setting, "ERROR before");
  clock.advance(10);
  await logs.putSubscriptionFilter(filter);
  clock.advance(10);
  await put(setting, "fine", "ERROR after");
  await deliver();
  await deliver();
  const [document] = target.got;
  assert.equal(target.got.length, 1);
  assert.deepEqual(document, {
    ...{ messageType: "DATA_MESSAGE", owner: "111122223333", logGroup: "/app", logStream: "web/1" },
    subscriptionFilters: ["errors"],
    logEvents: [{ id: document!.logEvents[0]!.id, timestamp: clock.now().getTime(), message: "ERROR after" }],
  });
  clock.advance(20_000);
  await put(setting, "ERROR later");
  await deliver();
  assert.deepEqual(target.messages(), ["ERROR after", "ERROR later"]);
});

testLogs(
  "PutSubscriptionFilter delivers later what could not be, in its order and after a restart",
  async (setting) => {
    const { logs, clock, deliver, restart, tend } = setting;
    await using target = await openFunction(setting);
    await makeStream(setting);
    await logs.putSubscriptionFilter(filter);
    target.state.status = 500;
    for (let index = 0; index < 10; index++) {
      clock.advance(1_000);
      await put(setting, `ERROR ${index}`);
      await deliver();
    }
    clock.advance(10 * 60_000);
    // What is not delivered is not merged.
    await tend();
    restart();
    target.state.status = 200;
    await deliver();
    assert.deepEqual(
      target.messages(),
      Array.from({ length: 10 }, (_, index) => `ERROR ${index}`),
    );
    clock.advance(3_600_000);
    await deliver();
    await tend();
    await deliver();
    assert.equal(target.messages().length, 10);
  },
);

testLogs("PutSubscriptionFilter gives up after a day", async (setting) => {
  const { logs, clock, deliver } = setting;
  await using target = await openFunction(setting);
  await makeStream(setting);
  await logs.putSubscriptionFilter(filter);
  target.state.status = 500;
  await put(setting, "ERROR old");
  await deliver();
  clock.advance(25 * 3_600_000);
  await put(setting, "ERROR new");
  target.state.status = 200;
  await deliver();
  assert.deepEqual(target.messages(), ["ERROR new"]);
});

testLogs("PutSubscriptionFilter refuses other destinations, and functions without a URL", async (setting) => {
  const { logs, functions } = setting;
  await assertRefused(logs.putSubscriptionFilter(filter), "ResourceNotFoundException");
  await makeStream(setting);
  const refused = (more: object, message: string | RegExp, code = "InvalidParameterException") =>
    assertRefused(logs.putSubscriptionFilter({ ...filter, ...more }), code, message);
  await refused({ filterPattern: "{" }, "If a filter pattern starts with '{' it must end with '}'");
  await refused(
    { destinationArn: "arn:aws:kinesis:us-east-1:111122223333:stream/a" },
    /is not implemented by Sealift$/,
  );
  await refused({ destinationArn: `${functionArn}-other` }, /^Could not execute the lambda function\./);
  await refused({ roleArn: "arn:aws:iam::111122223333:role/r" }, /cannot be used with roleArn/);
  await refused({ distribution: "Random" }, "distribution is for Kinesis streams only.");
  await refused({ emitSystemFields: ["@aws.account"] }, "emitSystemFields is not implemented by Sealift");
  await refused({ applyOnTransformedLogs: true }, /not implemented/);
  functions.set("own", "http://127.0.0.1:1/");
  await logs.putSubscriptionFilter(filter);
  await logs.putSubscriptionFilter({ ...filter, filterName: "two" });
  await refused({ filterName: "three" }, "Resource limit exceeded.", "LimitExceededException");
  await logs.putSubscriptionFilter({ ...filter, filterPattern: "WARN" });
});
