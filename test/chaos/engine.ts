import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Docker from "dockerode";
import { importHttpdImage } from "../support/images.ts";
import { until } from "../support/until.ts";
import type { Engine } from "./chaos.ts";

/** A Docker Engine of its own in a directory. It needs root. Containers outlive the engine, as on servers that are kept up to date. */
export async function startEngine(directory: string): Promise<Engine & AsyncDisposable> {
  const socket = join(directory, "docker.sock");
  const docker = new Docker({ socketPath: socket });
  let child: ChildProcess | undefined;
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill(signal);
    await ended;
  }
  async function start(): Promise<void> {
    const places = ["--data-root", "data", "--exec-root", "exec", "-p", "pid"].map((word) =>
      word.startsWith("-") ? word : join(directory, word),
    );
    child = spawn("dockerd", [...places, "-H", `unix://${socket}`, "--live-restore", "--log-level", "error"], {
      stdio: "ignore",
    });
    await until("the Engine answers", () => docker.ping().then(Boolean, () => false), { seconds: 60 });
  }
  await start();
  await importHttpdImage(docker);
  return {
    host: `unix://${socket}`,
    kill: () => end("SIGKILL"),
    start,
    async leftovers() {
      const containers = (await docker.listContainers({ all: true })).length;
      const volumes = (await docker.listVolumes()).Volumes.length;
      const mounts = readFileSync("/proc/mounts", "utf8")
        .split("\n")
        .filter((line) => line.includes(`${directory}/`) && !/\/netns\/default /.test(line)).length;
      return { containers, volumes, mounts };
    },
    async [Symbol.asyncDispose]() {
      for (const { Id } of await docker.listContainers({ all: true }))
        await docker.getContainer(Id).remove({ force: true });
      await end("SIGTERM");
    },
  };
}
