import type { Clock } from "../../clock.ts";
import { RuntimeError } from "../runtime-error.ts";
import { processStart, signalGroup } from "./operating-system.ts";
import type { ContainerRecord } from "./records.ts";

const killed =
  "it still ran when Sealift started again, and was killed: a process does not outlive the Sealift that started it";
const vanished = "it did not run any more when Sealift started again, so how it ended is not known";
const lost = "Sealift started again before it was started";

/** What a record says once nothing of an earlier Sealift runs any more; kills what still does. */
export function recover(record: ContainerRecord, clock: Clock): ContainerRecord {
  if (record.status === "stopped") return record;
  const { ports: _, ...rest } = record;
  const stopped = { ...rest, ports: [], status: "stopped", finishedAt: clock.now() } as const;
  if (record.isNamespace) return stopped;
  if (record.pid === undefined) return { ...stopped, error: new RuntimeError("DockerStateError", lost) };
  if (processStart(record.pid) !== record.processStart) {
    return { ...stopped, error: new RuntimeError("DockerStateError", vanished) };
  }
  signalGroup(record.pid, "SIGKILL");
  return { ...stopped, exitCode: 137, error: new RuntimeError("DockerStateError", killed) };
}
