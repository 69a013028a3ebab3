import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerSpec } from "../containers.ts";
import type { Bench } from "./bench.contract.ts";

export function fileStoresContract({ runtime, specOf, started, ended, count }: Bench): void {
  async function opened(): Promise<string> {
    const { fileStores } = runtime();
    assert.ok(fileStores);
    const taskArn = `arn:aws:ecs:eu-west-1:123456789012:task/default/files-${process.pid}-${count()}`;
    return fileStores.open({ taskArn, bytes: 1024 * 1024, labels: { "com.example.task": taskArn } });
  }

  function withFiles(store: string): ContainerSpec {
    return specOf("exits with 0", { files: { store, mounts: [{ path: "/run/secret", contents: "a" }] } });
  }

  test("fileStores: a store is there until it is removed, and containers are created with files in it", async () => {
    const store = await opened();
    const found = (await runtime().containers.list()).find(({ id }) => id === store);
    assert.deepEqual([found?.status, found?.isNamespace], ["running", true]);
    assert.ok(found?.labels["com.example.task"]);
    const id = await started(withFiles(store));
    assert.equal((await ended(id)).exitCode, 0);
    assert.deepEqual(await runtime().fileStores?.contents(store), [Buffer.from("a")]);
    await runtime().containers.remove(store);
    assert.equal(await runtime().containers.inspect(store), undefined);
    assert.equal(await runtime().fileStores?.contents(store), undefined);
    await runtime().containers.remove(store);
    await runtime().containers.remove(id);
  });

  test("fileStores: no container is created with files in a store that is gone", async () => {
    const store = await opened();
    await runtime().containers.remove(store);
    await assert.rejects(runtime().containers.create(withFiles(store)), { name: "CannotCreateContainerError" });
  });
}
