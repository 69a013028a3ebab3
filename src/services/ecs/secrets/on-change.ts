import type { TaskDefinition } from "../definitions/definition.ts";
import type { SecretReference } from "./references.ts";

/** Docker label: what a container whose secrets are files gets when they have new versions, in place of being replaced. */
const onChangeLabel = "sealift.secrets.on-change";

/** True if the container gets new versions while it runs. Pure. */
export function isSignalled(
  { containerDefinitions }: Pick<TaskDefinition, "containerDefinitions">,
  { container }: Pick<SecretReference, "container">,
): boolean {
  return containerDefinitions.some(
    ({ name, dockerLabels }) => name === container && dockerLabels?.[onChangeLabel] !== undefined,
  );
}
