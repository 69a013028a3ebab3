import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import type Dockerode from "dockerode";
import type { ContainerInfo } from "dockerode";
import { fileStoreLabel, namespaceLabel } from "../../src/runtime/docker/labels.ts";

/** The Engine's containers of a task, with the one that holds its network. Only running ones, unless `all` is given. */
export function containersOf(
  docker: Dockerode,
  taskArn: string,
  options: { readonly all?: boolean } = {},
): Promise<ContainerInfo[]> {
  const label = [`com.amazonaws.ecs.task-arn=${taskArn}`];
  return docker.listContainers({ all: options.all ?? false, filters: { label } });
}

/** The id of the one running container of a task that its task definition names. */
export async function containerOf(docker: Dockerode, taskArn: string): Promise<string> {
  const found = (await containersOf(docker, taskArn)).filter(
    ({ Labels }) => Labels[namespaceLabel] === undefined && Labels[fileStoreLabel] === undefined,
  );
  if (found.length !== 1) throw new Error(`Task ${taskArn} has ${found.length} running containers instead of one`);
  return found[0]!.Id;
}

/** A container's environment as the Engine shows it. */
export async function inspectedEnvironment(docker: Dockerode, id: string): Promise<Readonly<Record<string, string>>> {
  return variables((await docker.getContainer(id).inspect()).Config.Env);
}

/** The environment of a container's first process as the kernel has it. */
export async function processEnvironment(docker: Dockerode, id: string): Promise<Readonly<Record<string, string>>> {
  return variables((await runInside(docker, id, ["cat", "/proc/1/environ"])).toString().split("\0"));
}

/** Runs a command in a container and resolves to its standard output. */
export async function runInside(docker: Dockerode, id: string, Cmd: string[]): Promise<Buffer> {
  const exec = await docker.getContainer(id).exec({ Cmd, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: false });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr);
  stream.once("end", () => {
    stdout.end();
    stderr.end();
  });
  const [output, errors] = await Promise.all([buffer(stdout), buffer(stderr)]);
  if (errors.length > 0) throw new Error(`${Cmd.join(" ")} failed in container ${id}: ${errors}`);
  return output;
}

function variables(list: readonly string[]): Readonly<Record<string, string>> {
  const pairs = list.filter((entry) => entry.includes("="));
  return Object.fromEntries(
    pairs.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
}
