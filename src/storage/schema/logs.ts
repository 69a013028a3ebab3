export interface LogsTables {
  /** Log groups. */
  logs_groups: {
    /** A new one for each group, so that a group that is made anew has none of the old one's events. */
    group_id: string;
    account: string;
    region: string;
    name: string;
    created_at: number;
    /** Null: events never expire. */
    retention_days: number | null;
    class: string;
    deletion_protected: number;
    /** JSON list of key and value. */
    tags: string;
    /** The key that new events are sealed under. */
    key_id: string;
    /** Of the key `key_id`; null where it is the installation's. */
    kms_key_arn: string | null;
  };
  /** Data keys, under which the events of a group are sealed. A group has a new one after each change of its KMS key. */
  logs_keys: {
    key_id: string;
    group_id: string;
    /** The KMS key that `ciphertext` is under. */
    kms_key_arn: string | null;
    /** The data key under the root key; null where KMS encrypted it. */
    sealed: Uint8Array | null;
    /** The data key as KMS encrypted it. */
    ciphertext: Uint8Array | null;
  };
  /** Log streams. */
  logs_streams: {
    stream_id: string;
    group_id: string;
    name: string;
    created_at: number;
  };
  /** Events of a stream: those of one PutLogEvents, or of several that were merged. */
  logs_batches: {
    /** A timed UUID. */
    batch_id: string;
    group_id: string;
    stream_id: string;
    key_id: string;
    /** Timestamps of the oldest and the newest event. */
    first_at: number;
    last_at: number;
    /** When the newest of its events came. */
    ingested_at: number;
    events: number;
    /** Bytes of the messages, with 26 for each, as AWS counts them. */
    size: number;
    /** A digest of the SDK's call that brought it and may come again; null where none is known, or where batches were merged. */
    invocation: string | null;
    /** Sealed under the data key. Last, so that the others are read without it. */
    data: Uint8Array;
  };
  /** Metric filters. They are records: there are no metrics. */
  logs_metric_filters: {
    group_id: string;
    name: string;
    /** UTF-8. */
    pattern: Uint8Array;
    /** UTF-8 JSON. */
    transformations: Uint8Array;
    created_at: number;
  };
  /** Subscription filters. Their backlog is the group's events themselves. */
  logs_subscription_filters: {
    group_id: string;
    name: string;
    /** UTF-8. */
    pattern: Uint8Array;
    destination_arn: string;
    created_at: number;
    /** Events that came before this time are delivered. */
    delivered_to: number;
    /** JSON: batches that came later and are delivered, each with the time at which it came. */
    delivered: string;
  };
  /** Queries of Logs Insights, for a week after they were started. */
  logs_queries: {
    query_id: string;
    account: string;
    region: string;
    status: string;
    created_at: number;
    /** When the process that runs it last said so; when it ended. */
    touched_at: number;
    /** JSON. */
    statistics: string;
    /** JSON, sealed under the root key. */
    body: Uint8Array;
    /** Compressed JSON, sealed under the root key; null as long as there are none. */
    results: Uint8Array | null;
  };
  /** Saved queries. */
  logs_query_definitions: {
    definition_id: string;
    account: string;
    region: string;
    name: string;
    modified_at: number;
    /** Of the request that made it. */
    client_token: string | null;
    /** JSON, sealed under the root key. */
    body: Uint8Array;
  };
}
