import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../clock.ts";
import { rateLimit } from "./rate-limit.ts";

test("sixty requests at once are taken and then forty a second, of each key", () => {
  const clock = fakeClock();
  const isTooMany = rateLimit(clock);
  const taken = (key: string, count: number) => Array.from({ length: count }, () => isTooMany(key)).filter((no) => !no);
  assert.equal(taken("one", 100).length, 60);
  assert.equal(taken("other", 1).length, 1);
  clock.advance(500);
  assert.equal(taken("one", 100).length, 20);
  clock.advance(60_000);
  assert.equal(taken("one", 100).length, 60);
});
