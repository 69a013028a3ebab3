import type { PayloadTask } from "../../acs/protocol.ts";
import { identityLabels } from "../../runtime/identity.ts";

/** Labels under which AWS's agent marks its containers, with the attempt. They tell whose container (or namespace) it is. */
export function taskLabels(
  { arn, family, version }: PayloadTask,
  cluster: string,
  container: string,
  attempt = 1,
): Readonly<Record<string, string>> {
  return {
    ...identityLabels({ taskArn: arn, container, attempt }),
    "com.amazonaws.ecs.task-definition-family": family,
    "com.amazonaws.ecs.task-definition-version": version,
    "com.amazonaws.ecs.cluster": cluster,
  };
}
