import type { Clock } from "../../clock.ts";
import { RuntimeError } from "../runtime-error.ts";
import type { ContainerRecord } from "./records.ts";
import { endProcesses } from "./system/end-processes.ts";
import { containerMark } from "./system/mark.ts";
import { processStart } from "./system/process-start.ts";

const killed = "Sealift and the keeper of its processes ended while it ran, so it was killed";
const vanished = "nobody watched when it ended, so how it ended is not known";
const unknown = "Sealift ended while it was being started, so whether it ran is not known";
const lost = "Sealift ended before it was started";

/** Brings up to date the record of a container that nobody watches any more. Kills what is left of its program. */
export async function recover(record: ContainerRecord, clock: Clock): Promise<ContainerRecord> {
  if (record.status === "stopped") return record;
  const { isStarting = false, pid, processStart: start, ...rest } = record;
  const stopped = { ...rest, ports: [], status: "stopped", finishedAt: clock.now() } as const;
  if (record.isNamespace) return stopped;
  const isAlive = pid !== undefined && start !== undefined && processStart(pid) === start;
  if (pid !== undefined || isStarting) await endProcesses(containerMark(record.id), isAlive ? pid : undefined);
  const error = (message: string) => new RuntimeError("DockerStateError", message);
  if (isAlive) return { ...stopped, exitCode: 137, error: error(killed) };
  if (pid !== undefined) return { ...stopped, error: error(vanished) };
  return { ...stopped, error: error(isStarting ? unknown : lost) };
}
