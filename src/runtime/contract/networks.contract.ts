import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bench } from "./bench.contract.ts";

export function networksContract({ subject, runtime, specOf, started, ended, openNamespace }: Bench): void {
  test("containers of one namespace share its network", async () => {
    const namespace = await openNamespace();
    const outputs: string[] = [];
    for (let index = 0; index < 2; index++) {
      const id = await started(specOf("shows its network", { network: { namespace } }));
      assert.equal((await ended(id)).exitCode, 0);
      outputs.push((await subject().output(id)).trim());
      await runtime().containers.remove(id);
    }
    await runtime().containers.remove(namespace);
    assert.notEqual(outputs[0], "");
    assert.equal(outputs[0], outputs[1]);
  });
}
