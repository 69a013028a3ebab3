import assert from "node:assert/strict";
import { userInfo } from "node:os";
import { test } from "node:test";
import type { ContainerSpec } from "../containers.ts";
import { checkMembers } from "./refusals.ts";

const check = (given: Pick<ContainerSpec, "config" | "hostConfig">) =>
  checkMembers({ name: "n", image: "i", environment: {}, labels: {}, ports: [], network: "bridge", ...given });

test("what holds for a process anyhow is taken", () => {
  check({});
  check({
    config: {
      User: userInfo().username,
      WorkingDir: "/w",
      Healthcheck: {},
      StopSignal: "SIGINT",
      Tty: false,
      OpenStdin: null,
    },
    hostConfig: {
      MemoryReservation: 1,
      Init: true,
      Privileged: false,
      PidMode: "host",
      IpcMode: "host",
      NetworkMode: "host",
    },
  });
  check({ config: { User: String(userInfo().uid) } });
});

const refused: readonly (readonly [Pick<ContainerSpec, "config" | "hostConfig">, string])[] = [
  [{ config: { User: "nobody:1" } }, "user"],
  [{ config: { Hostname: "h", Tty: true } }, "hostname, pseudoTerminal"],
  [{ hostConfig: { ReadonlyRootfs: true, Binds: ["/a:/b"] } }, "readonlyRootFilesystem, mountPoints"],
  [{ hostConfig: { CapAdd: ["A"], CapDrop: ["B"] } }, "linuxParameters.capabilities"],
  [{ hostConfig: { IpcMode: "none", PidMode: "container:1" } }, "ipcMode, pidMode"],
  [{ hostConfig: { OomScoreAdj: 1 } }, "OomScoreAdj"],
];
for (const [given, names] of refused) {
  test(`a process is refused with ${names}, by name`, () => {
    const message = `the process runtime starts programs of this machine, which cannot have ${names}; use a Docker Engine`;
    assert.throws(() => check(given), { name: "CannotCreateContainerError", message });
  });
}
