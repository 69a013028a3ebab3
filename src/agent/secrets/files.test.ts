import assert from "node:assert/strict";
import { test } from "node:test";
import { container, secret } from "../engine/task.fixture.ts";
import { planFiles } from "./files.ts";

interface Given {
  readonly labels?: object;
  readonly secrets?: readonly string[];
  readonly hostConfig?: object;
}

function plan({ labels, secrets = ["A", "B"], hostConfig = {} }: Given): object | string {
  const option = { ...secret, name: "splunk-token", type: "BOOTSTRAP", target: "LOG_DRIVER" } as const;
  const result = planFiles(
    container("web", {
      secrets: [...secrets.map((name) => ({ ...secret, name })), option],
      dockerConfig: {
        config: JSON.stringify({ Labels: labels }),
        hostConfig: JSON.stringify(hostConfig),
        version: "1.25",
      },
    }),
  );
  return "problem" in result ? result.problem : Object.fromEntries(result.places);
}

const all = "sealift.secrets.files";
const one = "sealift.secrets.file.";
const long = "x".repeat(256);

const plans: Readonly<Record<string, readonly [Given, object]>> = {
  "has no files without labels": [{}, {}],
  "has no files for other labels": [{ labels: { "sealift.secrets.filesystem": "no", other: "/a" } }, {}],
  "puts all secrets into the directory": [
    { labels: { [all]: "/run/secrets" } },
    { A: { mount: "/run/secrets", file: "A" }, B: { mount: "/run/secrets", file: "B" } },
  ],
  "takes a directory with a slash at its end": [
    { labels: { [all]: "/run/secrets/" }, secrets: ["A"] },
    { A: { mount: "/run/secrets", file: "A" } },
  ],
  "makes one secret a file and leaves the others variables": [
    { labels: { [`${one}A`]: "/etc/app/tls.key" } },
    { A: { mount: "/etc/app/tls.key" } },
  ],
  "has one secret elsewhere than the others": [
    { labels: { [`${one}A`]: "/root/.pgpass", [all]: "/run/secrets" } },
    { A: { mount: "/root/.pgpass" }, B: { mount: "/run/secrets", file: "B" } },
  ],
  "gives one file of the directory another name": [
    { labels: { [`${one}A`]: "/run/secrets/tls.key", [all]: "/run/secrets" } },
    { A: { mount: "/run/secrets", file: "tls.key" }, B: { mount: "/run/secrets", file: "B" } },
  ],
  "takes names of files that need care elsewhere": [
    { labels: { [all]: "/s" }, secrets: ["-rf", "a b", "...", "a=b", "ü"] },
    Object.fromEntries(["-rf", "a b", "...", "a=b", "ü"].map((file) => [file, { mount: "/s", file }])),
  ],
  "takes a name that is no file's with a path of its own": [
    { labels: { [all]: "/s", [`${one}db/password`]: "/s/password" }, secrets: ["db/password"] },
    { "db/password": { mount: "/s", file: "password" } },
  ],
  "minds no mounts beside it": [
    {
      labels: { [all]: "/run/secrets" },
      secrets: ["A"],
      hostConfig: { Binds: ["data:/run/secret"], Tmpfs: { "/tmp": "" } },
    },
    { A: { mount: "/run/secrets", file: "A" } },
  ],
  "says nothing of a directory where there are no secrets": [{ labels: { [all]: "/run/secrets" }, secrets: [] }, {}],
};

for (const [behaviour, [given, expected]] of Object.entries(plans)) {
  test(`planFiles ${behaviour}`, () => assert.deepEqual(plan(given), expected));
}

const label = (name: string, what: string) => `docker label "${name}" of container "web" ${what}`;
const mounted = (file: string, at: string) =>
  `the file ${file} of the secret "A" of container "web" and the mount at ${at} are in each other's way`;
const inDirectory = { labels: { [all]: "/run/secrets" }, secrets: ["A"] };

const problems: readonly (readonly [Given, string])[] = [
  [{ labels: { [all]: "run/secrets" } }, label(all, 'is not an absolute path: "run/secrets"')],
  [{ labels: { [all]: "" } }, label(all, 'is not an absolute path: ""')],
  [{ labels: { [all]: 1 } }, label(all, "is not an absolute path: 1")],
  [{ labels: { [all]: "/" } }, label(all, 'has an empty part, "." or "..": "/"')],
  [{ labels: { [all]: "/run/../etc" } }, label(all, 'has an empty part, "." or "..": "/run/../etc"')],
  [{ labels: { [all]: "/run//secrets" } }, label(all, 'has an empty part, "." or "..": "/run//secrets"')],
  [{ labels: { [`${one}A`]: "/run/./a" } }, label(`${one}A`, 'has an empty part, "." or "..": "/run/./a"')],
  [{ labels: { [`${one}A`]: "/a\0b" } }, label(`${one}A`, 'has a NUL character: "/a\\u0000b"')],
  [{ labels: { [all]: "/proc/secrets" } }, label(all, 'is in a file system of the kernel: "/proc/secrets"')],
  [{ labels: { [`${one}C`]: "/c" } }, label(`${one}C`, "names no secret of the container")],
  [{ labels: { [`${one}splunk-token`]: "/c" } }, label(`${one}splunk-token`, "names no secret of the container")],
  [
    { labels: { [all]: "/s" }, secrets: ["a/b"] },
    label(all, `cannot have a file for the secret "a/b": give it the label "${one}a/b"`),
  ],
  [
    { labels: { [all]: "/s" }, secrets: [long] },
    label(all, `cannot have a file for the secret "${long}": give it the label "${one}${long}"`),
  ],
  [
    { labels: { [`${one}A`]: "/c", [`${one}B`]: "/c" } },
    'the secrets "A" and "B" of container "web" are both to be the file /c',
  ],
  [
    { labels: { [`${one}A`]: "/s/B", [all]: "/s" } },
    'the secrets "B" and "A" of container "web" are both to be the file /s/B',
  ],
  [
    { labels: { [`${one}A`]: "/s/t/key", [all]: "/s" } },
    'secret files of container "web" cannot be both at /s and below it, at /s/t/key',
  ],
  [
    { labels: { [`${one}A`]: "/s", [`${one}B`]: "/s/key" } },
    'secret files of container "web" cannot be both at /s and below it, at /s/key',
  ],
  [{ ...inDirectory, hostConfig: { Binds: ["v:/run"] } }, mounted("/run/secrets/A", "/run")],
  [{ ...inDirectory, hostConfig: { Binds: ["/host:/run/secrets:ro"] } }, mounted("/run/secrets/A", "/run/secrets")],
  [
    { ...inDirectory, hostConfig: { Tmpfs: { "/run/secrets/x/": "size=1m" } } },
    mounted("/run/secrets/A", "/run/secrets/x"),
  ],
  [{ ...inDirectory, hostConfig: { Mounts: [{ Type: "volume", Target: "/run" }] } }, mounted("/run/secrets/A", "/run")],
];

for (const [given, expected] of problems) {
  test(`planFiles refuses: ${expected.slice(0, 120)}`, () => assert.equal(plan(given), expected));
}
