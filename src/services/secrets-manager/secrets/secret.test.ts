import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf } from "./secret.ts";

test("dayOf is the day's first moment", () => {
  assert.equal(dayOf(new Date("2026-03-01T23:59:59.999Z")).toISOString(), "2026-03-01T00:00:00.000Z");
});
