import { testAccount as account, testRegion as region } from "../../../test/support/in-process.ts";
import { definition, type World } from "../world.fixture.ts";
import { by, type Case } from "./case.fixture.ts";

const path = (name: string) => `arn:aws:ssm:${region}:${account}:parameter/${name}`;
const from =
  (entries: (world: World) => string, labels: object = {}, members: object = {}) =>
  (world: World) =>
    definition({ dockerLabels: { "sealift.secrets.from": entries(world), ...labels }, ...members });

/** Docker labels that want whole secrets and paths, or files. */
export const labelCases: Readonly<Record<string, Case>> = {
  "a whole secret without values": { make: from(({ secrets }) => secrets.db), rules: "label-not-seen" },
  "a whole secret with values": {
    make: from(({ secrets }) => secrets.db),
    values: true,
    rules: "json-value-changed json-value-changed json-value-changed",
  },
  "a whole path": { make: from(() => path("app")), rules: "" },
  "a whole path with values": { make: from(() => path("app/*")), values: true, rules: "" },
  "a whole path that may not be read": {
    make: by(
      "nothing",
      from(() => path("app")),
    ),
    rules: "parameter-denied",
    aws: /is not authorized to perform: ssm:GetParametersByPath/,
    mend: () => `"Action":"ssm:GetParametersByPath","Resource":"${path("app")}"`,
  },
  "a whole secret that may not be read": {
    make: by(
      "nothing",
      from(({ secrets }) => secrets.own),
    ),
    rules: "secret-denied key-denied",
  },
  "a path without parameters": {
    make: from(() => path("none")),
    rules: "label-refused",
    mend: () => `${path("none")} has no parameter below it`,
  },
  "a parameter that gives no variable": {
    make: from(() => path("bad")),
    rules: "label-refused",
    mend: () => 'has the key "1st", which gives no variable name',
  },
  "a parameter that gives a variable with a prefix": {
    make: from(() => path("bad"), { "sealift.secrets.prefix": "P_" }),
    rules: "",
  },
  "two parameters that give one variable": {
    make: from(() => path("clash")),
    rules: "label-refused",
    mend: () => "are both the variable a_b",
  },
  "a whole secret that is no JSON": {
    make: from(({ secrets }) => secrets.plain),
    values: true,
    rules: "label-refused",
    mend: ({ secrets }) => `${secrets.plain} is no JSON object`,
  },
  "a whole secret that is binary": {
    make: from(({ secrets }) => secrets.binary),
    values: true,
    rules: "label-refused",
  },
  "a whole secret that is not there": {
    make: from(({ secrets }) => `${secrets.db},${secrets.plain.replace("plain", "none")}`),
    rules: "secret-not-found label-not-seen",
  },
  "a whole secret with a partial ARN, among others": {
    make: from(({ secrets }) => `${path("app")}, ${secrets.db.slice(0, -7)}`),
    rules: "secret-partial-arn label-not-seen",
    mend: ({ secrets }) => `"value":"${path("app")}, ${secrets.db}"`,
  },
  "a label that is no ARN": {
    make: from(() => "/app/"),
    rules: "label-refused",
    mend: () => 'has "/app/", which is no ARN',
  },
  "a whole secret without an execution role": {
    make: (world) => ({ ...from(({ secrets }) => secrets.db)(world), executionRoleArn: undefined }),
    rules: "label-refused",
    mend: () => "ASM secret resource: unable to find execution role credentials",
  },
  "labels that there are not": {
    make: ({ secrets }) =>
      definition({ dockerLabels: { "sealift.secrets.form": secrets.db, "sealift.secrets.mode": "0400", other: "x" } }),
    rules: "label-unknown label-unknown",
    mend: () => 'Name it "sealift.secrets.from", or leave it out.',
  },
  "files in a directory that is none": {
    make: ({ secrets }) =>
      definition({
        dockerLabels: { "sealift.secrets.files": "run/secrets" },
        secrets: [{ name: "A", valueFrom: secrets.db }],
      }),
    rules: "label-refused",
    mend: () => '"sealift.secrets.files" of container "web" is not an absolute path',
  },
  "a file for a secret that is none": {
    make: from(() => path("app"), { "sealift.secrets.files": "/run/s", "sealift.secrets.file.other": "/etc/o" }),
    rules: "label-refused",
    mend: () => "names no secret of the container",
  },
  "files that are replaced with a signal that is none": {
    make: ({ secrets }) =>
      definition({
        dockerLabels: { "sealift.secrets.files": "/run/s", "sealift.secrets.on-change": "signal:KILL" },
        secrets: [{ name: "A", valueFrom: secrets.db }],
      }),
    rules: "label-refused",
  },
};
