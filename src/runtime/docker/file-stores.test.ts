import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importHttpdImage } from "../../../test/support/images.ts";
import { skipUnless } from "../../../test/support/require.ts";
import { until } from "../../../test/support/until.ts";
import { programs } from "../contract/subject.contract.ts";
import type { FileContents, FileMount } from "../file-stores.ts";
import { docker, openDocker, outputOf } from "./engine.fixture.ts";

describe("docker file stores", { skip: await skipUnless("docker"), timeout: 120_000 }, () => {
  const { prefix, runtime, open, start, finish, specOf } = openDocker("files");
  let count = 0;

  async function openStore(): Promise<string> {
    const { fileStores } = runtime();
    assert.ok(fileStores);
    count++;
    return fileStores.open({ taskArn: `arn:aws:ecs:us-east-1:1:task/default/${count}`, bytes: 2 ** 20, labels: {} });
  }

  /** The volume on which the store's files are. */
  async function volumeOf(store: string): Promise<string> {
    return (await docker.getContainer(store).inspect()).Mounts[0]?.Name ?? "";
  }

  async function isThere(volume: string): Promise<boolean> {
    return (await docker.listVolumes({ filters: { name: [volume] } })).Volumes.length > 0;
  }

  async function show(store: string, mounts: readonly FileMount[], script: string, config: object = {}) {
    const files = { store, mounts };
    const spec = specOf({ command: ["sh", "-c", script], files, config: { ...config } });
    const id = await finish(spec);
    return { output: await outputOf(id), inspected: await docker.getContainer(id).inspect(), id };
  }

  const directory: FileMount = { path: "/run/secrets", directory: new Map([["PASSWORD", "canary-in-a-directory"]]) };
  const file: FileMount = { path: "/etc/app/tls.key", contents: "canary-in-a-file" };

  test("files are on a tmpfs, their user's alone and not to be executed; the Engine shows nothing of them", async () => {
    const store = await openStore();
    const script =
      "cat /run/secrets/PASSWORD /etc/app/tls.key; echo; stat -c '%a %u %n' /run/secrets/* /etc/app/*; cat /proc/mounts; env";
    const { output, inspected } = await show(store, [directory, file], script, { User: "1234:5" });
    const [values, ...lines] = output.split("\n");
    assert.equal(values, "canary-in-a-directorycanary-in-a-file");
    assert.deepEqual(lines.slice(0, 2), ["400 1234 /run/secrets/PASSWORD", "400 1234 /etc/app/tls.key"]);
    for (const path of ["/run/secrets", "/etc/app/tls.key"]) {
      const mount = lines.find((line) => line.startsWith(`tmpfs ${path} tmpfs `));
      for (const option of ["noexec", "nosuid", "nodev"]) assert.ok(mount?.includes(option), `${path}: ${mount}`);
    }
    const holder = await docker.getContainer(store).inspect();
    assert.ok(!JSON.stringify([inspected, holder]).includes("canary"));
    assert.ok(!lines.slice(2).join("\n").includes("canary"));
  });

  test("a volume that the Engine left when it deleted its store goes once the Engine is heard again", async () => {
    const [left, kept] = [await openStore(), await openStore()];
    const [leftVolume, keptVolume] = [await volumeOf(left), await volumeOf(kept)];
    await docker.getContainer(left).remove({ force: true, v: false });
    await using next = open();
    next.events(() => {});
    await until("it is deleted", async () => !(await isThere(leftVolume)));
    assert.ok(await isThere(keptVolume));
  });

  test("every byte arrives, of 64 KiB and more and of names that look like options", async () => {
    const store = await openStore();
    const values: FileContents[] = [
      "",
      "\0",
      "a\nb\r\n",
      "ü€😀",
      "x".repeat(65_536),
      "line\n".repeat(13_108),
      Uint8Array.of(0xfe, 0, 0x0a),
    ];
    const names = ["-rf", "a b", "$(id)", "ü", "x".repeat(255), "...", "binary"];
    const mounts = [{ path: "/s", directory: new Map(names.map((name, index) => [name, values[index] ?? ""])) }];
    const { output } = await show(store, mounts, 'cd /s; for f in ./* ./...; do sha256sum "$f"; done');
    const { createHash } = await import("node:crypto");
    for (const [index, name] of names.entries()) {
      const digest = createHash("sha256")
        .update(values[index] ?? "")
        .digest("hex");
      assert.ok(output.includes(`${digest}  ./${name}\n`), name);
    }
  });

  test("a user's name is looked up in the image, also behind a link, and in the image's own settings", async () => {
    const name = `${await importHttpdImage(docker)}`;
    const store = await openStore();
    const owner = async (image: string, User?: string) => {
      const command = ["sh", "-c", "stat -c %u /etc/app/tls.key"];
      const spec = specOf({
        image,
        command,
        files: { store, mounts: [file] },
        config: User === undefined ? {} : { User },
      });
      const id = await runtime().containers.create(spec);
      await runtime().containers.start(id);
      await docker.getContainer(id).wait();
      return (await outputOf(id)).trim();
    };
    assert.equal(await owner(name), "0");
    assert.equal(await owner(name, "root"), "0");
    assert.equal(await owner(name, "nobody"), "65534");
    assert.equal(await owner(name, "nobody:0"), "65534");
    const made = await docker.getContainer(
      await finish(specOf({ command: ["sh", "-c", "mv /etc/passwd /etc/users; ln -s users /etc/passwd"] })),
    );
    const repo = `${prefix}-linked`;
    await made.commit({ repo, tag: "1", changes: "USER nobody" });
    try {
      assert.equal(await owner(`${repo}:1`), "65534");
      assert.equal(await owner(`${repo}:1`, "0"), "0");
    } finally {
      await docker.getImage(`${repo}:1`).remove({ force: true });
    }
    const own = async () => (await runtime().containers.list()).length;
    const before = await own();
    await assert.rejects(owner(name, "stranger"), {
      name: "CannotCreateContainerError",
      message: "unable to find user stranger: no matching entries in passwd file",
    });
    assert.equal(await own(), before);
  });

  test("files stay for a container that is started again, and go with their store", async () => {
    const store = await openStore();
    const volume = docker.getVolume(await volumeOf(store));
    await volume.inspect();
    const { id } = await show(store, [file], "cat /etc/app/tls.key", { User: "7" });
    await docker.getContainer(id).start();
    await docker.getContainer(id).wait();
    assert.equal(await outputOf(id), "canary-in-a-file".repeat(2));
    const running = await start(specOf({ command: programs.waits, files: { store, mounts: [directory] } }));
    await runtime().containers.stop(running, 0);
    await runtime().containers.remove(store);
    await assert.rejects(volume.inspect(), { statusCode: 404 });
    await assert.rejects(runtime().containers.start(id), { name: "CannotStartContainerError" });
  });

  test("files are replaced all at once, time and again, and the program is signalled", async () => {
    const store = await openStore();
    const pair = (version: string, more: readonly (readonly [string, string])[] = []) =>
      new Map([["USER", `${version}-user`], ["PASSWORD", `${version}-password`], ...more]);
    const mounts: FileMount[] = [{ path: "/run/secrets", directory: pair("1"), isReplaceable: true }];
    // It looks at one directory, as a program does that wants a pair.
    const script = `
      show() { cd -P /run/secrets/..data && echo "$(cat USER)" "$(cat PASSWORD)" "$(stat -c %a%u PASSWORD)" "$(ls /run/secrets | tr '\\n' ' ')."; }
      trap 'show' HUP; trap 'exit 0' TERM; show; while :; do sleep 0.05; done`;
    const spec = specOf({ command: ["sh", "-c", script], files: { store, mounts }, config: { User: "7" } });
    const id = await start(spec);
    const name = (await docker.getContainer(id).inspect()).Name.slice(1);
    const replace = (directory: ReadonlyMap<string, FileContents>) =>
      runtime().fileStores!.replace({ store, id, name, directory, signal: "HUP" });
    const lines = async (count: number) => {
      for (;;) {
        const all = (await outputOf(id)).trim().split("\n");
        if (all.length >= count) return all;
      }
    };
    await lines(1);
    await replace(pair("2"));
    await lines(2);
    await replace(pair("3", [["KEY", "k"]]));
    await lines(3);
    await replace(pair("4"));
    assert.deepEqual(await lines(4), [
      "1-user 1-password 4007 PASSWORD USER .",
      "2-user 2-password 4007 PASSWORD USER .",
      "3-user 3-password 4007 KEY PASSWORD USER .",
      "4-user 4-password 4007 KEY PASSWORD USER .",
    ]);
    await runtime().containers.remove(store);
    await assert.rejects(replace(pair("5")), { name: "CannotReplaceFilesError" });
  });

  test("each container sees its own files only, also on a read-only root", async () => {
    const store = await openStore();
    const other: FileMount = { path: "/run/secrets", directory: new Map([["OTHER", "canary-of-another"]]) };
    await show(store, [other], "true");
    const files = { store, mounts: [directory, file] };
    const hostConfig = { ReadonlyRootfs: true };
    const id = await finish(specOf({ command: ["sh", "-c", "cat /run/secrets/* /etc/app/*"], files, hostConfig }));
    assert.equal(await outputOf(id), "canary-in-a-directorycanary-in-a-file");
  });

  test("a container is not created with files of a store that has ended", async () => {
    const store = await openStore();
    await docker.getContainer(store).kill();
    const spec = specOf({ command: ["true"], files: { store, mounts: [file] } });
    const ended = { name: "CannotCreateContainerError", message: "the store of the task's secret files has ended" };
    await assert.rejects(runtime().containers.create(spec), ended);
    await runtime().containers.remove(store);
    await assert.rejects(runtime().containers.create({ ...spec, name: `${spec.name}-2` }), ended);
  });

  test("a store is found again by another runtime of the same prefix", async () => {
    const store = await openStore();
    await using next = open();
    const found = (await next.containers.list()).find(({ id }) => id === store);
    assert.deepEqual([found?.status, found?.isNamespace], ["running", true]);
    await next.containers.remove(store);
    assert.equal(await next.containers.inspect(store), undefined);
  });
});
