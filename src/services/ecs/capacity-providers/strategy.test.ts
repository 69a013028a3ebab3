import assert from "node:assert/strict";
import { test } from "node:test";
import { excess, isSameStrategy, type Strategy, split } from "./strategy.ts";

const item = (capacityProvider: string, weight: number, base = 0) => ({ capacityProvider, weight, base });
const counts = (text: string) =>
  new Map(
    text.split(" ").flatMap((part) => {
      const [name, count] = part.split("=");
      return name ? [[name, Number(count)] as const] : [];
    }),
  );
const text = (map: ReadonlyMap<string, number>) => [...map].map(([name, count]) => `${name}=${count}`).join(" ");

// From https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html: weights are shares of
// what is beyond the base.
const cases: readonly (readonly [Strategy, number, string, string])[] = [
  [[item("a", 1), item("b", 1)], 10, "", "a=5 b=5"],
  [[item("a", 1), item("b", 3)], 8, "", "b=6 a=2"],
  [[item("a", 1), item("b", 4)], 10, "", "b=8 a=2"],
  [[item("a", 1, 2), item("b", 4)], 2, "", "a=2"],
  [[item("a", 1, 2), item("b", 1)], 6, "", "a=4 b=2"],
  [[item("a", 0, 1), item("b", 1)], 4, "", "a=1 b=3"],
  [[item("a", 0), item("b", 1)], 3, "", "b=3"],
  [[item("a", 1), item("b", 1)], 1, "", "a=1"],
  [[item("a", 1), item("b", 1)], 1, "a=1", "b=1"],
  [[item("a", 1, 1), item("b", 1)], 3, "a=1", "a=2 b=1"],
  [[item("a", 1), item("b", 1)], 3, "a=4 b=1", "b=3"],
];

for (const [strategy, count, there, expected] of cases) {
  test(`${count} tasks beside ${there || "none"} by ${JSON.stringify(strategy)} are ${expected}`, () => {
    const parts = (one: string) => one.split(" ").sort();
    assert.deepEqual(parts(text(split(strategy, count, counts(there)))), parts(expected));
  });
}

test("the provider that is furthest over its share has most excess, and a base has none", () => {
  const strategy = [item("a", 1, 2), item("b", 3)];
  const have = counts("a=4 b=3");
  assert.ok(excess(strategy, have, "a") > excess(strategy, have, "b"));
  assert.equal(excess(strategy, counts("a=2 b=9"), "a"), Number.NEGATIVE_INFINITY);
  assert.equal(excess(strategy, have, "gone"), Number.POSITIVE_INFINITY);
});

test("strategies are the same in any order", () => {
  assert.ok(isSameStrategy([item("a", 1), item("b", 2)], [item("b", 2), item("a", 1)]));
  assert.ok(!isSameStrategy([item("a", 1)], [item("a", 1, 1)]));
  assert.ok(!isSameStrategy([item("a", 1)], []));
});
