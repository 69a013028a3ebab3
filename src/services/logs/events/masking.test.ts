import assert from "node:assert/strict";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { assertRefused, makeStream, place, type Setting, testLogs } from "../logs.fixture.ts";

/** Sends a header with each request of the client from now on; none where there is no value. */
function header(logs: CloudWatchLogs, name: string): (value: string | undefined) => void {
  let sent: string | undefined;
  logs.middlewareStack.add(
    (next) => (args) => {
      if (sent !== undefined) Object.assign((args.request as { headers: object }).headers, { [name]: sent });
      return next(args);
    },
    // After the signature: it covers no header of ours.
    { step: "finalizeRequest", priority: "low" },
  );
  return (value) => {
    sent = value;
  };
}

async function read({ logs }: Setting): Promise<readonly (string | undefined)[]> {
  const { events = [] } = await logs.getLogEvents({ ...place, startFromHead: true });
  const { events: filtered = [] } = await logs.filterLogEvents({ logGroupName: place.logGroupName });
  const messages = events.map(({ message }) => message);
  assert.deepEqual(
    filtered.map(({ message }) => message),
    messages,
  );
  return messages;
}

testLogs("Events are read with their secret values masked where the reader wants it", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  const timestamp = clock.now().getTime();
  const put = (...messages: string[]) =>
    logs.putLogEvents({ ...place, logEvents: messages.map((message) => ({ timestamp, message })) });
  const marks = header(logs, "x-sealift-masks");
  const masking = header(logs, "x-sealift-masking");
  marks("0:10+6;2:0+4,5+4");
  await put("password: hunter, ä", "nothing", "äö-äö€");
  marks("none");
  await put("nothing either");
  marks(undefined);
  await put("nobody looked");
  const raw = ["password: hunter, ä", "nothing", "äö-äö€", "nothing either", "nobody looked"];
  const masked = [
    ...["password: ***, ä", "nothing", "***-***€"],
    ...["nothing either", "(not shown, as nobody has looked for secret values in it)"],
  ];
  assert.deepEqual(await read(setting), raw);
  masking("on");
  assert.deepEqual(await read(setting), masked);

  clock.advance(120_000);
  await setting.tend();
  assert.deepEqual(await read(setting), masked);
  masking(undefined);
  assert.deepEqual(await read(setting), raw);
});

testLogs("PutLogEvents refuses marks that do not fit its events", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  const marks = header(logs, "x-sealift-masks");
  for (const text of ["1:0+1", "0:x", "0:2+2,3+1"]) {
    marks(text);
    await assertRefused(
      logs.putLogEvents({ ...place, logEvents: [{ timestamp: clock.now().getTime(), message: "one" }] }),
      "InvalidParameterException",
      "The header x-sealift-masks does not fit the events.",
    );
  }
});
