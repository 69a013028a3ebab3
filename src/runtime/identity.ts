/** Whose container it is. The agent recognises its containers by this after a restart. */
export interface ContainerIdentity {
  readonly taskArn: string;
  /** The container's name in the task definition. */
  readonly container: string;
  /** 1 for the first container that was made for this name in this task. */
  readonly attempt: number;
}

/** AWS's agent uses the first two; the attempt is Sealift's own. */
const taskArnLabel = "com.amazonaws.ecs.task-arn";
const containerLabel = "com.amazonaws.ecs.container-name";
const attemptLabel = "sealift.attempt";

/** The labels to put on a container or a namespace. */
export function identityLabels({ taskArn, container, attempt }: ContainerIdentity): Readonly<Record<string, string>> {
  return { [taskArnLabel]: taskArn, [containerLabel]: container, [attemptLabel]: String(attempt) };
}

/** Reads what `identityLabels` wrote; `undefined` if the labels do not say. */
export function identityOf(labels: Readonly<Record<string, string>>): ContainerIdentity | undefined {
  const { [taskArnLabel]: taskArn, [containerLabel]: container, [attemptLabel]: attempt = "" } = labels;
  if (taskArn === undefined || container === undefined || !/^[1-9]\d*$/.test(attempt)) return undefined;
  return { taskArn, container, attempt: Number(attempt) };
}

/** The labels that say whose a thing is, for whatever belongs to a task as a whole. */
export function taskLabelsOf(taskArn: string): Readonly<Record<string, string>> {
  return { [taskArnLabel]: taskArn };
}

/** True for labels that a task definition must not set. */
export function isReservedLabel(name: string): boolean {
  return name.startsWith("com.amazonaws.ecs.") || name === attemptLabel;
}
