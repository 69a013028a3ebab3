import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import type { RuntimeError } from "../runtime-error.ts";
import { dockerImages } from "./images.ts";
import { type PullPatience, pull } from "./pull.ts";

const patience: PullPatience = {
  tries: 3,
  firstDelay: 1,
  longestDelay: 2,
  begin: 10_000,
  silence: 10_000,
  total: 10_000,
};

interface Script {
  /** The image is there from the start. */
  readonly isThere?: boolean;
  /** How the Engine answers where it is not. */
  readonly statusCode?: number;
  /** What each pull does, the last one repeated: an error in its stream, or its words and the pauses between them. */
  readonly pulls: readonly (string | readonly (string | number)[])[];
}

/** An Engine that knows one image. */
function engine({ isThere = false, statusCode = 404, pulls }: Script) {
  let has = isThere;
  let count = 0;
  async function* words(script: Script["pulls"][number], signal: AbortSignal): AsyncGenerator<string> {
    if (typeof script === "string") {
      yield `{"status":"Pulling"}\n{"error":${JSON.stringify(script)}}\n`;
      return;
    }
    for (const word of script) {
      if (typeof word === "number") await delay(word, undefined, { signal });
      else yield `{"status":"${word}"}\n`;
    }
    has = true;
  }
  const docker = {
    getImage: () => ({
      async inspect() {
        if (!has) throw Object.assign(new Error("no such image"), { statusCode });
        return { RepoDigests: ["image@sha256:1"] };
      },
    }),
    async pull(_image: string, { abortSignal }: { abortSignal: AbortSignal }) {
      const script = pulls[Math.min(count++, pulls.length - 1)] ?? [];
      return words(script, abortSignal);
    },
  } as unknown as Dockerode;
  return { docker, count: () => count };
}

const busy = "received unexpected HTTP status: 503 Service Unavailable";

test("an image that is there is pulled again with default and always only", async () => {
  for (const [behavior, expected] of [
    ["default", 1],
    ["always", 1],
    ["once", 0],
    ["prefer-cached", 0],
  ] as const) {
    const { docker, count } = engine({ isThere: true, pulls: [["ok"]] });
    assert.deepEqual(await pull(docker, "image", { behavior, patience }), { digest: "sha256:1" });
    assert.equal(count(), expected, behavior);
  }
});

test("where a pull fails, default falls back on the image that is there, and always does not", async () => {
  const there = { isThere: true, pulls: ["manifest unknown"] };
  assert.deepEqual(await pull(engine(there).docker, "image", { behavior: "default", patience }), {
    digest: "sha256:1",
  });
  await assert.rejects(pull(engine(there).docker, "image", { behavior: "always", patience }), /manifest unknown/);
});

test("a registry that is too busy is asked again, for a while", async () => {
  const soon = engine({ pulls: [busy, busy, ["ok"]] });
  await pull(soon.docker, "image", { behavior: "prefer-cached", patience });
  assert.equal(soon.count(), 3);
  const never = engine({ pulls: [busy] });
  await assert.rejects(pull(never.docker, "image", { behavior: "prefer-cached", patience }), /503/);
  assert.equal(never.count(), 3);
});

test("a registry that says no is not asked again", async () => {
  for (const words of [
    "manifest for image:9 not found: manifest unknown: manifest unknown",
    "pull access denied for image, repository does not exist or may require 'docker login'",
    "unauthorized: authentication required",
    "no matching manifest for linux/arm64 in the manifest list entries",
  ]) {
    const { docker, count } = engine({ pulls: [words] });
    await assert.rejects(pull(docker, "image", { behavior: "prefer-cached", patience }), { message: words });
    assert.equal(count(), 1, words);
  }
});

test("what is wrong with an image's name is said by the pull", async () => {
  for (const statusCode of [400, 301]) {
    const words = "invalid reference format: repository name must be lowercase";
    const { docker, count } = engine({ statusCode, pulls: [words] });
    await assert.rejects(pull(docker, "Image", { behavior: "prefer-cached", patience }), { message: words });
    assert.equal(count(), 1);
  }
});

test("a pull that does not begin, falls silent or never ends is given up", async () => {
  const cases: [change: Partial<PullPatience>, script: (string | number)[], name: string, message: RegExp][] = [
    [{ begin: 20 }, [5000], "DockerTimeoutError", /^Could not transition to pullBegin; timed out after waiting 0s$/],
    [
      { silence: 20 },
      ["a", 5000],
      "CannotPullContainerError",
      /^inactivity time exceeded timeout while pulling image$/,
    ],
    [
      { total: 50 },
      Array(1000).fill(["a", 5]).flat(),
      "DockerTimeoutError",
      /^Could not transition to pulled; timed out/,
    ],
  ];
  for (const [change, script, name, message] of cases) {
    const { docker, count } = engine({ pulls: [script] });
    const pulled = pull(docker, "image", { behavior: "prefer-cached", patience: { ...patience, ...change } });
    await assert.rejects(pulled, (error: RuntimeError) => error.name === name && message.test(error.message));
    assert.equal(count(), 1);
  }
});

test("several that want an image at the same time share one pull, unless their credentials differ", async () => {
  const { docker, count } = engine({ pulls: [["a", 20]] });
  const images = dockerImages({ connect: async () => docker, prefix: "test" }, "always", patience);
  const credentials = { username: "u", password: "p" };
  const all = [images.pull("image"), images.pull("image"), images.pull("other"), images.pull("image", credentials)];
  assert.deepEqual(await Promise.all(all), Array(4).fill({ digest: "sha256:1" }));
  assert.equal(count(), 3);
  await images.pull("image");
  assert.equal(count(), 4);
});

test("those that share a pull all hear why it failed, and the next one is tried again", async () => {
  const { docker } = engine({ pulls: ["manifest unknown", ["ok"]] });
  const images = dockerImages({ connect: async () => docker, prefix: "test" }, "always", patience);
  const all = await Promise.allSettled([images.pull("image"), images.pull("image")]);
  for (const one of all) {
    assert.ok(one.status === "rejected");
    assert.deepEqual([one.reason.name, one.reason.message], ["CannotPullContainerError", "manifest unknown"]);
  }
  assert.deepEqual(await images.pull("image"), { digest: "sha256:1" });
});
