import { type ChildProcess, execFile, spawn } from "node:child_process";
import { openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import Docker from "dockerode";
import { linkLocalLabel, networkLabel } from "../../src/runtime/docker/labels.ts";
import { importHttpdImage } from "../support/images.ts";
import { until } from "../support/until.ts";
import { fileSystemVolume } from "./definitions.ts";
import type { Engine } from "./engine-port.ts";

const run = promisify(execFile);

/**
 * An Engine that is killed while it creates a container keeps the mount of the container's first layer until it is stopped in
 * order. It does so with `docker create` alone, and there is no call that removes it.
 */
const initLayer = /\/overlay2\/[0-9a-f]{64}-init\/merged$/;

const predefined = ["bridge", "host", "none"];

/**
 * A Docker Engine of its own in a directory, with a network of its own: two Engines in one network would take each other's bridge.
 * It needs root. Containers outlive the Engine, as on servers that are kept up to date.
 */
export async function startEngine(directory: string): Promise<Engine & AsyncDisposable> {
  const [data, exec, socket, log] = ["data", "exec", "docker.sock", "dockerd.log"].map((name) =>
    join(directory, name),
  ) as [string, string, string, string];
  const containerdPid = join(exec, "containerd/containerd.pid");
  const docker = new Docker({ socketPath: socket });
  const network = await ownNetwork();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const words = [
      "--data-root",
      data,
      "--exec-root",
      exec,
      "-p",
      join(directory, "dockerd.pid"),
      "-H",
      `unix://${socket}`,
    ];
    const output = openSync(log, "a");
    const started = spawn("nsenter", [`--net=${network.path}`, "dockerd", ...words, "--live-restore"], {
      stdio: ["ignore", output, output],
    });
    child = started;
    await until("the Engine answers", () => isOver(started) || docker.ping().then(Boolean, () => false), {
      seconds: 60,
    });
    if (isOver(started)) throw new Error(`dockerd ended with ${started.exitCode}; see ${log}`);
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const containerd = readFileSync(containerdPid, "utf8");
    if (child) await endOf(child, signal);
    // It is killed with dockerd. Where the machine's init is slow to reap it, the next dockerd would take it for alive and wait for it.
    await until("containerd has ended", () => isDead(containerd));
    rmSync(containerdPid, { force: true });
  }

  const mounts = () => mountPoints().filter((path) => path.startsWith(`${directory}/`));

  await start();
  await importHttpdImage(docker);
  return {
    host: `unix://${socket}`,
    kill: () => end("SIGKILL"),
    start,
    async leftovers() {
      const containers = await docker.listContainers({ all: true });
      const [listener] = containers.filter(({ Labels }) => Labels[linkLocalLabel] !== undefined);
      const layerOf = async (id: string) => {
        const { GraphDriver } = await docker.getContainer(id).inspect();
        const { MergedDir = "" } = (GraphDriver?.Data ?? {}) as { readonly MergedDir?: string };
        return MergedDir;
      };
      // The Engine itself mounts its data directory and its host network.
      const own = [data, join(exec, "netns/default"), ...(listener ? [await layerOf(listener.Id)] : [])];
      return {
        containers: containers.filter((container) => container !== listener).flatMap(({ Names }) => Names),
        // A file system is there for good.
        volumes: (await docker.listVolumes()).Volumes.map(({ Name }) => Name).filter(
          (name) => name !== fileSystemVolume,
        ),
        networks: withoutOne(await docker.listNetworks(), networkLabel)
          .map(({ Name }) => Name)
          .filter((name) => !predefined.includes(name)),
        mounts: mounts().filter((path) => !own.includes(path) && !initLayer.test(path)),
      };
    },
    volumePath: (name) => join(data, "volumes", name, "_data"),
    own: () => ({
      engineMounts: mounts().filter((path) => initLayer.test(path)).length,
      engineProcesses: shims(directory).length,
    }),
    async [Symbol.asyncDispose]() {
      for (const { Id } of await docker.listContainers({ all: true }))
        await docker.getContainer(Id).remove({ force: true });
      await end("SIGTERM");
      for (const pid of shims(directory)) process.kill(pid, "SIGKILL");
      for (const path of mounts().reverse()) await run("umount", [path]);
      await network[Symbol.asyncDispose]();
    },
  };
}

/** What is there as long as the agent runs, and once: it has the label. */
function withoutOne<Item extends { Labels?: Record<string, string> | undefined }>(
  items: readonly Item[],
  label: string,
): Item[] {
  const agents = items.find(({ Labels }) => Labels?.[label] !== undefined);
  return items.filter((item) => item !== agents);
}

/** A network namespace without a way out. It is there until it is disposed of, and ends with this process. */
async function ownNetwork() {
  const holder = spawn("unshare", ["--net", "cat"], { stdio: ["pipe", "pipe", "inherit"] });
  // What comes back proves that the namespace is there.
  holder.stdin.write(".");
  await new Promise((resolve, reject) => holder.stdout.once("data", resolve).once("end", reject));
  const path = `/proc/${holder.pid}/ns/net`;
  await run("nsenter", [`--net=${path}`, "ip", "link", "set", "lo", "up"]);
  return { path, [Symbol.asyncDispose]: () => endOf(holder, "SIGTERM") };
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (isOver(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** True for a zombie, too. */
function isDead(pid: string): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

/**
 * The processes of containerd beside each container. One whose containerd was killed while it started is never ended, as with
 * `docker run` alone.
 */
function shims(directory: string): readonly number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return command.includes("containerd-shim") && command.includes(`${directory}/`);
    } catch {
      return false; // ended meanwhile
    }
  });
}

function mountPoints(): readonly string[] {
  const lines = readFileSync("/proc/mounts", "utf8").trim().split("\n");
  return lines.map((line) => line.split(" ")[1] ?? "");
}
