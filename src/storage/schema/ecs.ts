export interface EcsTables {
  /** Account settings, of those principals that have set any. */
  ecs_account_settings: {
    /** Of a user, a role or the root user, whose settings are the account's. */
    principal_arn: string;
    region: string;
    name: string;
    value: string;
  };
  /** Clusters. */
  ecs_clusters: {
    arn: string;
    account: string;
    region: string;
    name: string;
    status: string;
    /** JSON. */
    document: string;
  };
  /** Capacity providers of Auto Scaling groups, deleted ones included. */
  ecs_capacity_providers: {
    arn: string;
    account: string;
    region: string;
    status: string;
    /** JSON. */
    document: string;
  };
  /** Revisions of task definitions. */
  ecs_task_definitions: {
    arn: string;
    account: string;
    region: string;
    family: string;
    revision: number;
    status: string;
    /** Sealed JSON: people put secrets into environment and log options. Empty once deleted. */
    document: Uint8Array;
  };
  /** Container instances. */
  ecs_instances: {
    arn: string;
    cluster_arn: string;
    status: string;
    /** Unique id of the user, or of the role and its session, that registered it. */
    registrant: string;
    /** The session with its agent; null while the agent is disconnected. */
    session_id: string | null;
    /** Id of the replica that the session is with. */
    replica: string | null;
    /** JSON: what its tasks that have not stopped take of it. Placing a task reads this and no tasks. */
    reserved: string;
    /** JSON. */
    document: string;
  };
  /** Tasks, stopped ones included as long as they are remembered. */
  ecs_tasks: {
    arn: string;
    cluster_arn: string;
    /** Null where the task never had a machine. */
    instance_arn: string | null;
    service_arn: string | null;
    family: string;
    definition_arn: string;
    started_by: string | null;
    launch_type: string;
    /** The name of the provider; null where a launch type alone decided. */
    capacity_provider: string | null;
    desired_status: "RUNNING" | "STOPPED";
    last_status:
      | "PROVISIONING"
      | "PENDING"
      | "ACTIVATING"
      | "RUNNING"
      | "DEACTIVATING"
      | "STOPPING"
      | "DEPROVISIONING"
      | "STOPPED";
    client_token: string | null;
    created_at: number;
    started_at: number | null;
    stopping_at: number | null;
    /** Until when the service scheduler does not stop the task; null where it may. */
    protected_until: number | null;
    /** Null until the task has stopped. */
    stopped_at: number | null;
    stop_code:
      | "TaskFailedToStart"
      | "EssentialContainerExited"
      | "UserInitiated"
      | "ServiceSchedulerInitiated"
      | "TerminationNotice"
      | null;
    /** Null where no essential container has a health check. */
    health_status: "HEALTHY" | "UNHEALTHY" | "UNKNOWN" | null;
    /** JSON: the versions of secrets that its containers got. Null until somebody told. */
    held: string | null;
    /** Sealed JSON, as a task definition's. */
    document: Uint8Array;
  };
  /** Network interfaces of awsvpc tasks that have not stopped: the addresses in use. */
  ecs_interfaces: {
    attachment_arn: string;
    task_arn: string;
    instance_arn: string;
    address: string;
  };
  /** Services. */
  ecs_services: {
    arn: string;
    cluster_arn: string;
    name: string;
    status: string;
    /** JSON. */
    document: string;
  };
  /** Sessions of ExecuteCommand, ended ones for a while. */
  ecs_exec_sessions: {
    id: string;
    instance_arn: string;
    /**
     * ISSUED with its token, OPENED by the client, JOINED by the agent, PAUSED while a connection is lost, ENDING until the agent is
     * told of the end, ENDED.
     */
    state: "ISSUED" | "OPENED" | "JOINED" | "PAUSED" | "ENDING" | "ENDED";
    /** Hexadecimal SHA-256 of the token that opens it, until it has. */
    token_hash: string | null;
    token_expires_at: number;
    /** Id of the client's newest connection. */
    opening: string | null;
    /** 1 once the agent has joined: its program runs. */
    has_run: number;
    /** When the token, the wait for the agent, the session or its memory is over. */
    expires_at: number;
    /** Sealed JSON: people put secrets into commands. */
    document: Uint8Array;
  };
  /** Tags of every kind of resource. */
  ecs_tags: {
    arn: string;
    /** JSON. */
    document: string;
  };
}
