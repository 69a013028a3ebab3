import assert from "node:assert/strict";
import { test } from "node:test";
import { refuseRegions } from "./requested-replicas.ts";

const regions: [own: string, regions: string[], isAccepted: boolean][] = [
  ["us-east-1", ["eu-west-1", "us-west-2"], true],
  ["us-east-1", ["us-east-1"], false],
  ["us-east-1", ["eu-west-1", "eu-west-1"], false],
  ["us-east-1", [""], false],
  ["us-east-1", ["cn-north-1"], false],
  ["us-east-1", ["us-gov-west-1"], false],
  ["us-gov-east-1", ["us-gov-west-1"], true],
  ["cn-north-1", ["cn-northwest-1"], true],
  ["cn-north-1", ["eu-west-1"], false],
];

for (const [own, requested, isAccepted] of regions) {
  test(`refuseRegions ${isAccepted ? "accepts" : "refuses"} ${JSON.stringify(requested)} in ${own}`, () => {
    if (isAccepted) refuseRegions(own, requested);
    else assert.throws(() => refuseRegions(own, requested), { message: "Invalid replica region." });
  });
}
