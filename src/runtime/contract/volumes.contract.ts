import assert from "node:assert/strict";
import { test } from "node:test";
import type { Volumes } from "../volumes.ts";
import type { Bench } from "./bench.contract.ts";

export function volumesContract({ runtime, specOf, started, ended, count }: Bench): void {
  function volumes(): Volumes {
    const { volumes } = runtime();
    assert.ok(volumes);
    return volumes;
  }

  const nameOf = () => `contract-${process.pid}-volume-${count()}`;

  test("volumes: makes, lists by label, shows and removes a volume", async () => {
    const [name, other] = [nameOf(), nameOf()];
    const labels = { "com.example.task": name };
    await volumes().create({ name, labels });
    await volumes().create({ name, labels });
    await volumes().create({ name: other, labels: { "com.example.task": other } });
    const found = await volumes().list(labels);
    assert.deepEqual(
      found.map((volume) => volume.name),
      [name],
    );
    const shown = await volumes().inspect(name);
    assert.deepEqual(shown, found[0]);
    assert.equal(shown?.labels["com.example.task"], name);
    assert.ok(shown.path !== "" && shown.driver !== "");
    for (const each of [name, other, name]) await volumes().remove(each);
    assert.deepEqual([await volumes().list(labels), await volumes().inspect(name)], [[], undefined]);
  });

  test("volumes: keeps a volume that a container uses, and lets it go with the container", async () => {
    const name = nameOf();
    await volumes().create({ name, labels: {} });
    const id = await started(specOf("exits with 0", { hostConfig: { Binds: [`${name}:/data`] } }));
    await ended(id);
    await assert.rejects(volumes().remove(name), { name: "CannotRemoveVolumeError", message: /./ });
    await runtime().containers.remove(id);
    assert.ok(await volumes().inspect(name));
    await volumes().remove(name);
  });
}
