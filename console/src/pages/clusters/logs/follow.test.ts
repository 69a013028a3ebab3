import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../../../api/client.ts";
import { ApiError } from "../../../api/error.ts";
import { follower } from "./follow.ts";

const place = {
  ...{ group: "/web", region: "us-east-1", prefix: "ecs/app/" },
  streams: { "ecs/app/1": { task: "1", container: "app" } },
};

interface Asked {
  readonly startTime: number;
  readonly nextToken?: string;
}

function apiOf(answers: readonly (object | Error)[]) {
  const asked: Asked[] = [];
  const headers: unknown[] = [];
  const call = async (_service: string, _operation: string, input: Asked, options: { headers: object }) => {
    asked.push(input);
    headers.push(options.headers);
    const answer = answers[asked.length - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { api: { region: "us-east-1", call } as unknown as Api, asked, headers };
}

const event = (eventId: string, timestamp: number, message: string, logStreamName = "ecs/app/1") => ({
  ...{ eventId, timestamp, message, logStreamName },
});
const { signal } = new AbortController();

test("follower reads all pages, asks for masks, and shows a line once that it reads twice", async () => {
  const { api, asked, headers } = apiOf([
    { events: [event("a", 50_000, "one\n"), event("x", 50_001, "of another task", "ecs/app/9")], nextToken: "n" },
    { events: [event("b", 60_000, "two")] },
    { events: [event("b", 60_000, "two"), event("late", 55_000, "one and a half")] },
  ]);
  const { look } = follower(api, { places: [place], since: 1_000, pattern: "" });
  assert.deepEqual(
    (await look(signal)).map(({ message }) => message),
    ["one", "two"],
  );
  assert.deepEqual(
    (await look(signal)).map(({ message }) => message),
    ["one", "one and a half", "two"],
  );
  assert.deepEqual(
    asked.map(({ startTime, nextToken }) => [startTime, nextToken]),
    [
      [1_000, undefined],
      [1_000, "n"],
      [50_000, undefined],
    ],
  );
  assert.deepEqual(headers[0], { "x-sealift-masking": "on" });
});

test("follower waits for a log group that is not there yet, and tells of a denial", async () => {
  const about = { status: 400, operation: "logs:FilterLogEvents" };
  const { api } = apiOf([
    new ApiError("ResourceNotFoundException", "The specified log group does not exist.", about),
    new ApiError("AccessDeniedException", "no", about),
  ]);
  const { look } = follower(api, { places: [place], since: 0, pattern: "" });
  assert.deepEqual(await look(signal), []);
  await assert.rejects(look(signal), { code: "AccessDeniedException" });
});

test("follower keeps what a log group gave while another one fails", async () => {
  const about = { status: 400, operation: "logs:FilterLogEvents" };
  const { api, asked } = apiOf([
    { events: [event("a", 50_000, "one")] },
    new ApiError("AccessDeniedException", "no", about),
    { events: [] },
    { events: [event("b", 20_000, "two")] },
  ]);
  const { look, kept } = follower(api, { places: [place, { ...place, group: "/side" }], since: 1_000, pattern: "" });
  await assert.rejects(look(signal), { code: "AccessDeniedException" });
  assert.deepEqual(
    kept().map(({ message }) => message),
    ["one"],
  );
  assert.deepEqual(
    (await look(signal)).map(({ message }) => message),
    ["two", "one"],
  );
  assert.deepEqual(
    asked.map(({ startTime }) => startTime),
    [1_000, 1_000, 40_000, 1_000],
  );
});
