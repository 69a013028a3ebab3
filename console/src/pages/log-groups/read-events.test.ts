import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../../api/client.ts";
import { reader } from "./read-events.ts";

const { signal } = new AbortController();
const event = (eventId: string, timestamp: number) => ({ eventId, timestamp, message: eventId, logStreamName: "web" });

test("a page that fails loses nothing of the pages before it", async () => {
  const answers: readonly (object | Error)[] = [
    { events: [event("a", 50_000)], nextToken: "second" },
    new Error("The network is gone"),
    { events: [event("b", 90_000)] },
    { events: [event("c", 95_000)] },
  ];
  const asked: { readonly startTime: number; readonly nextToken?: string }[] = [];
  const call = async (_service: string, _operation: string, input: (typeof asked)[number]) => {
    asked.push(input);
    const answer = answers[asked.length - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const api: Api = { region: "us-east-1", call: call as unknown as Api["call"] };
  const { look } = reader(api, { group: "/shop", pattern: "", since: 1_000, isMasked: true });
  const ids = async () => (await look(signal)).events.map(({ id }) => id);
  await assert.rejects(look(signal), /network/);
  assert.deepEqual(await ids(), ["a", "b"]);
  assert.deepEqual(await ids(), ["a", "b", "c"]);
  assert.deepEqual(
    asked.map(({ startTime, nextToken }) => [startTime, nextToken]),
    [
      [1_000, undefined],
      [1_000, "second"],
      [1_000, "second"],
      [80_000, undefined],
    ],
  );
});
