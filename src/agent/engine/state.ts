import type { AgentTask } from "./task.ts";

/** Containers have these in their environment for as long as they live. */
export interface EndpointState {
  /** Makes the ids of containers in the endpoint's paths. */
  readonly key: string;
  /** Where it listens. */
  readonly address: string;
  /** Where task metadata and credentials are served. */
  readonly port: number;
  /** Where the control plane is reached. */
  readonly controlPlanePort: number;
}

/** The agent's memory over a restart, a kill or a loss of power. It holds no credentials and no secret values. */
export interface StateStore {
  /** The container instance that this machine is, once it has registered. */
  instance(): string | undefined;
  setInstance(arn: string): Promise<void>;

  /** What running containers were told of the task endpoint. */
  endpoint(): EndpointState | undefined;
  setEndpoint(endpoint: EndpointState): Promise<void>;

  tasks(): readonly AgentTask[];
  /** Resolves when the task's state is on the disk. Of several saves of one task the last one counts. */
  save(task: AgentTask): Promise<void>;
  delete(arn: string): Promise<void>;
}
