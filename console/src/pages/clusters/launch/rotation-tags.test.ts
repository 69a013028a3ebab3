import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceOfTags, noRotation, tagsOfChoice } from "./rotation-tags.ts";

test("a choice survives as tags", () => {
  const choice = { redeploys: true, which: "db /app/key", quiet: "30", pins: true };
  assert.deepEqual(choiceOfTags(tagsOfChoice(choice)), choice);
  assert.deepEqual(tagsOfChoice(noRotation), []);
  assert.deepEqual(choiceOfTags([]), noRotation);
});

test("a service whose tag says false pins nothing", () => {
  assert.equal(choiceOfTags([{ key: "sealift:pin-secrets", value: "false" }]).pins, false);
});
