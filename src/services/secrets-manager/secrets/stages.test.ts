import assert from "node:assert/strict";
import { test } from "node:test";
import { attach, detach, type Stages, stagesOf, versionsToStages } from "./stages.ts";

type Shown = Record<string, string[]>;

/** Sequences as AWS answers them: each step attaches labels to a version, then shows the labelled versions. */
const sequences: { name: string; steps: [labels: string[], version: string, shown: Shown][] }[] = [
  {
    name: "the first version becomes current, the next makes it previous, a third takes its last label",
    steps: [
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"] }],
      [["AWSCURRENT"], "2", { 1: ["AWSPREVIOUS"], 2: ["AWSCURRENT"] }],
      [["AWSCURRENT"], "3", { 2: ["AWSPREVIOUS"], 3: ["AWSCURRENT"] }],
    ],
  },
  {
    name: "a rotation keeps AWSPENDING on the version that it made current, until that is replaced",
    steps: [
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"] }],
      [["AWSPENDING"], "2", { 1: ["AWSCURRENT"], 2: ["AWSPENDING"] }],
      [["AWSCURRENT"], "2", { 1: ["AWSPREVIOUS"], 2: ["AWSCURRENT", "AWSPENDING"] }],
      [["AWSCURRENT"], "3", { 2: ["AWSPREVIOUS"], 3: ["AWSCURRENT"] }],
    ],
  },
  {
    name: "own labels move, and stay on a version that is no longer current",
    steps: [
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"] }],
      [["AWSCURRENT", "PUT0"], "2", { 1: ["AWSPREVIOUS"], 2: ["AWSCURRENT", "PUT0"] }],
      [["AWSPENDING", "PUT1"], "3", { 1: ["AWSPREVIOUS"], 2: ["AWSCURRENT", "PUT0"], 3: ["AWSPENDING", "PUT1"] }],
      [["AWSCURRENT"], "3", { 2: ["AWSPREVIOUS", "PUT0"], 3: ["AWSCURRENT", "AWSPENDING", "PUT1"] }],
      [
        ["AWSPENDING", "PUT2"],
        "4",
        { 2: ["AWSPREVIOUS", "PUT0"], 3: ["AWSCURRENT", "PUT1"], 4: ["AWSPENDING", "PUT2"] },
      ],
      [["AWSCURRENT"], "4", { 2: ["PUT0"], 3: ["AWSPREVIOUS", "PUT1"], 4: ["AWSCURRENT", "AWSPENDING", "PUT2"] }],
    ],
  },
  {
    name: "labels are taken from the version that had them, and shown sorted",
    steps: [
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"] }],
      [["two", "one", "three"], "2", { 1: ["AWSCURRENT"], 2: ["one", "three", "two"] }],
      [["one", "two", "four"], "3", { 1: ["AWSCURRENT"], 2: ["three"], 3: ["four", "one", "two"] }],
    ],
  },
  {
    name: "going back to the previous version exchanges the two labels",
    steps: [
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"] }],
      [["AWSCURRENT"], "2", { 1: ["AWSPREVIOUS"], 2: ["AWSCURRENT"] }],
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"], 2: ["AWSPREVIOUS"] }],
    ],
  },
  {
    name: "a label that is there already stays",
    steps: [
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"] }],
      [["AWSCURRENT"], "1", { 1: ["AWSCURRENT"] }],
    ],
  },
];

for (const { name, steps } of sequences) {
  test(`attach: ${name}`, () => {
    let stages: Stages = new Map();
    for (const [labels, version, shown] of steps) {
      stages = attach(stages, labels, version);
      assert.deepEqual(versionsToStages(stages), shown);
    }
  });
}

test("attach and detach leave the stages that they were given as they are", () => {
  const stages: Stages = new Map([["AWSCURRENT", "1"]]);
  attach(stages, ["AWSCURRENT"], "2");
  detach(stages, "AWSCURRENT");
  assert.deepEqual(stagesOf(stages, "1"), ["AWSCURRENT"]);
});

test("versionsToStages is left out where no version has a label", () => {
  assert.equal(versionsToStages(new Map()), undefined);
});
