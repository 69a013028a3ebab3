export interface EcsTables {
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
    desired_status: string;
    last_status: string;
    client_token: string | null;
    stopped_at: number | null;
    /** JSON: the task as placement sees it, so that placing another opens no sealed document. */
    placement: string;
    /** Sealed JSON, as a task definition's. */
    document: Uint8Array;
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
  /** Tags of every kind of resource. */
  ecs_tags: {
    arn: string;
    /** JSON. */
    document: string;
  };
}
