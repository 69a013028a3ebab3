import assert from "node:assert/strict";
import { test } from "node:test";
import { firstPage } from "./first-page.ts";

const load = async () => ({ default: () => null });
const subjects = ["", "ecs/clusters", "ecs/clusters/:cluster"].map((path) => ({ routes: [{ path, load }] }));

test("the first page is that of the address, in whatever Region", () => {
  for (const [address, path] of [
    ["/console", ""],
    ["/console/", ""],
    ["/console/eu-west-1", ""],
    ["/console/eu-west-1/", ""],
    ["/console/ecs/clusters", "ecs/clusters"],
    ["/console/us-east-1/ecs/clusters/", "ecs/clusters"],
    ["/console/us-east-1/ecs/clusters/a%2Fb", "ecs/clusters/:cluster"],
    ["/console/us-east-1/ecs", undefined],
    ["/console/us-east-1/ecs/clusters/a/b", undefined],
  ] as const) {
    assert.equal(firstPage(subjects, address)?.path, path, address);
  }
});
