import type { HeldSecret } from "../../acs/held-secrets.ts";
import type { RoleCredentials } from "../../acs/protocol.ts";
import type { ContainerSpec, ContainerState } from "../../runtime/containers.ts";
import type { RegistryCredentials } from "../../runtime/images.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { RuntimeError } from "../../runtime/runtime-error.ts";
import type { AgentTask, ResourcePlan } from "../engine/task.ts";
import type { ObjectSource } from "../environment-files/index.ts";
import type { EcrSource, SecretSource } from "../secrets/index.ts";

/**
 * A kind of thing that a task's containers need before they are created: its secrets, its network namespace, … A new kind is
 * one object in a file of its own and one line in `index.ts`; the engine knows nothing else of it.
 */
export interface Resource<Data = unknown> extends ResourcePlan {
  readonly kind: string;
  readonly after: readonly string[];
  /** Where its data is kept: with the task's state, or in memory only because it is secret. After a restart the latter is made again. */
  readonly keeps: "state" | "memory";

  /** The task needs it. Data in memory is dropped as soon as the task does not need it any more. Pure. */
  needed(task: AgentTask): boolean;

  /**
   * Makes it. Rejects with a `ResourceFailure`, whose text becomes the task's reason. Where `context.signal` is aborted the task
   * stops: what leaves nothing on the machine may reject at once.
   */
  make(context: ResourceContext, task: AgentTask): Promise<Data>;

  /** Deletes it; does nothing where it is gone already. It is repeated until it succeeds. */
  undo?(context: ResourceContext, task: AgentTask, data: Data): Promise<void>;

  /**
   * Deletes what containers may use for as long as they exist, after they were deleted; does nothing where it is gone. Called for
   * every stopped task that needed it, also where it was not made as a whole or nobody knows. It is repeated until it succeeds.
   */
  clear?(runtime: Runtime, task: AgentTask): Promise<void>;

  /**
   * Adds it to a container of the task. `data` is absent where it was dropped, as no container needs it any more. Resources are
   * applied in the order of `index.ts`. Pure. Throws a `RuntimeError`.
   */
  apply?(container: ContainerSpec, task: AgentTask, name: string, data: Data | undefined): ContainerSpec;

  /** What the registry of the container's image is to be shown, for the pull only, or why there can be no pull. Pure. */
  registryCredentials?(
    task: AgentTask,
    name: string,
    data: Data | undefined,
  ): RegistryCredentials | RuntimeError | undefined;

  /** Something goes on to use the execution role's session when all containers are created. Pure. */
  keepsSession?(task: AgentTask): boolean;

  /** The secret values that it gives the container, which no reason and no log line may quote; `undefined` if they are not known any more. */
  hides?(task: AgentTask, name: string, data: Data | undefined): readonly string[] | undefined;

  /**
   * The secret values that containers of the task were created with, as the runtime still has them: their output may show them.
   * `undefined` where nobody knows them any more.
   */
  recall?(runtime: Runtime, task: AgentTask): Promise<readonly (string | Uint8Array)[] | undefined>;
  /** The versions of secrets that it gives containers. Pure. */
  holds?(task: AgentTask, data: Data): readonly HeldSecret[];

  /** The data of what an agent that was killed made and did not record. `found` is everything that the runtime has of the task. */
  adopt?(task: AgentTask, found: readonly ContainerState[]): Data | undefined;

  /** The runtime's container without which it is lost, and the task's reason then. */
  needs?(data: Data): { readonly id: string; readonly lost: string };
}

export interface ResourceContext {
  readonly runtime: Runtime;
  readonly cluster: string;
  /** Aborted when the task is to stop. */
  readonly signal: AbortSignal;
  /** The execution role's session, once the control plane has sent it; `undefined` if the task has no execution role. */
  executionCredentials(): Promise<RoleCredentials | undefined>;
  /** Where Docker's driver `awslogs` delivers; absent where it is left as the definition has it. */
  readonly awslogs: AwslogsDelivery | undefined;
  /** Reads secrets with the given session. */
  secretSource(credentials: RoleCredentials): SecretSource;
  /** Asks Amazon ECR with the given session, or as the container instance. */
  ecrSource(credentials: RoleCredentials | undefined): EcrSource;
  /** Reads objects of Amazon S3 with the given session. */
  objectSource(credentials: RoleCredentials): ObjectSource;
}

/** What the log driver `awslogs` is told beside the definition's options. */
export interface AwslogsDelivery {
  /** URL of CloudWatch Logs; AWS's own if absent. */
  readonly endpoint?: string;
  /**
   * Where the agent looks for the secret values of a task before it hands its output on to `endpoint`: a URL, to which the id of
   * the execution role's session is to be added. Absent where it goes to another CloudWatch Logs than the control plane's.
   */
  readonly searched?: string;
  /**
   * What stands before the path of a session at the task endpoint. The driver puts `http://169.254.170.2` before the option, so
   * it is a port such as `:51680`, or nothing for port 80.
   */
  readonly credentialsOrigin: string;
  /** The path of the container instance's own session; whoever knows it may ask for that session. */
  readonly instanceId?: string;
  /** The driver uses the engine's own credentials: the sessions of this installation are not known where the logs go. */
  readonly ownCredentials: boolean;
  /** The agent reads the output and delivers it, in the driver's place. */
  readonly isShipped?: true;
}

/** Why a resource could not be made, in the words for the task's stopped reason. */
export class ResourceFailure extends Error {}
