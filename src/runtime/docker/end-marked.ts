import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import { isConflict, isMissing } from "./engine-error.ts";

/** Milliseconds that programs may take over their end before it is done by force. */
const patience = 2_000;
const look = 50;

/** As `Exec.endMarked`. The Engine has no request for it: the programs are found in /proc, by the environment that they have. */
export async function endMarked(container: Dockerode.Container, mark: string): Promise<void> {
  const ids = await processesOf(container);
  if (ids.length === 0) return;
  const onThisMachine = await Promise.all(ids.map((id) => isOf(id, container.id)));
  if (onThisMachine.includes(true)) await endHere(container, mark);
  else await endWithin(container, mark);
}

/** Process ids on the Engine's machine; none of a container that does not run. */
async function processesOf(container: Dockerode.Container): Promise<readonly number[]> {
  try {
    const { Titles, Processes } = await container.top({ ps_args: "-eo pid" });
    const column = (Titles as string[]).indexOf("PID");
    return (Processes as string[][]).map((row) => Number(row[column]));
  } catch (error) {
    if (isMissing(error) || isConflict(error)) return [];
    throw error;
  }
}

/** True if the process is of the container, and its environment may be read: this machine is the Engine's. */
async function isOf(pid: number, container: string): Promise<boolean> {
  const [group, environment] = await Promise.all([read(pid, "cgroup"), read(pid, "environ")]);
  return environment !== undefined && group?.includes(container) === true;
}

async function read(pid: number, file: "cgroup" | "environ"): Promise<string | undefined> {
  return readFile(`/proc/${pid}/${file}`, "latin1").catch(() => undefined);
}

async function endHere(container: Dockerode.Container, mark: string): Promise<void> {
  async function marked(): Promise<readonly number[]> {
    const found = await Promise.all(
      (await processesOf(container)).map(async (pid) => {
        if (!(await isOf(pid, container.id))) return [];
        const variables = ((await read(pid, "environ")) ?? "").split("\0");
        return variables.some((variable) => variable.startsWith(mark)) ? pid : [];
      }),
    );
    return found.flat();
  }
  for (const pid of await marked()) signal(pid, "SIGHUP");
  for (let waited = 0; waited < patience; waited += look) {
    if ((await marked()).length === 0) return;
    await delay(look);
  }
  for (const pid of await marked()) signal(pid, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** As `endHere`, in the container's own shell. The shell that looks has no mark, and so does not find itself. */
const script = `
marked() {
  for file in /proc/[0-9]*/environ; do
    if tr '\\0' '\\n' <"$file" | grep -q "^$1"; then pid=\${file#/proc/}; echo "\${pid%/environ}"; fi
  done 2>/dev/null
}
for signal in HUP KILL; do
  for pid in $(marked "$1"); do kill -$signal $pid 2>/dev/null; done
  for _ in 1 2; do
    [ -z "$(marked "$1")" ] && exit
    sleep 1
  done
done`;

export async function endWithin(container: Dockerode.Container, mark: string): Promise<void> {
  // It is a regular expression there.
  const pattern = mark.replaceAll(/[^A-Za-z0-9_=-]/g, ".");
  const exec = await container.exec({ Cmd: ["sh", "-c", script, "sh", pattern], User: "0", AttachStdout: true });
  const stream = await exec.start({});
  stream.resume();
  await new Promise((resolve) => stream.on("close", resolve).on("error", resolve));
}
