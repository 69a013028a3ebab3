/**
 * The messages of the Telemetry Communication Service (TCS), in the shapes of the API model that AWS publishes with its container
 * agent (`ecstcs`). On the WebSocket each is `{"type": "<name>", "message": {…}}`; those of the agent are signed, one by one
 * (`signed-frame.ts`). Times are seconds since 1970.
 */
export interface TelemetryMessages {
  // From the agent.
  PublishMetricsRequest: PublishMetricsRequest;
  PublishHealthRequest: PublishHealthRequest;
  PublishInstanceStatusRequest: PublishInstanceStatusRequest;
  // From the control plane.
  AckPublishMetric: { readonly message?: string };
  AckPublishHealth: { readonly message?: string };
  AckPublishInstanceStatus: { readonly message?: string };
  HeartbeatMessage: { readonly healthy: boolean };
  StopTelemetrySessionMessage: { readonly message: string };
  BadRequestException: { readonly message: string };
  InvalidParameterException: { readonly message: string };
  ResourceValidationException: { readonly message: string };
  ServerException: { readonly message: string };
}

export type TelemetryMessageType = keyof TelemetryMessages;

export type TelemetryMessage = {
  [Type in TelemetryMessageType]: { readonly type: Type; readonly message: TelemetryMessages[Type] };
}[TelemetryMessageType];

export interface PublishMetricsRequest {
  readonly metadata: {
    readonly cluster?: string;
    readonly containerInstance?: string;
    readonly messageId?: string;
    /** No task runs on the instance. */
    readonly idle?: boolean;
    /** The last message of one round. */
    readonly fin?: boolean;
  };
  /** Ten at most. */
  readonly taskMetrics?: readonly TaskMetric[];
  readonly timestamp?: number;
}

export interface TaskMetric {
  readonly taskArn: string;
  readonly taskDefinitionFamily?: string;
  readonly taskDefinitionVersion?: string;
  readonly containerMetrics?: readonly ContainerMetric[];
}

export interface ContainerMetric {
  readonly containerName: string;
  /** Percent of all of the machine's CPUs together. */
  readonly cpuStatsSet?: StatsSet;
  /** MiB. */
  readonly memoryStatsSet?: StatsSet;
  readonly networkStatsSet?: NetworkStatsSet;
}

export interface StatsSet {
  readonly min: number;
  readonly max: number;
  readonly sampleCount: number;
  readonly sum: number;
}

export interface NetworkStatsSet {
  readonly rxBytesPerSecond?: StatsSet;
  readonly txBytesPerSecond?: StatsSet;
}

export interface PublishHealthRequest {
  readonly metadata: {
    readonly cluster?: string;
    readonly containerInstance?: string;
    readonly messageId?: string;
    readonly fin?: boolean;
  };
  readonly tasks: readonly TaskHealth[];
  readonly timestamp?: number;
}

export interface TaskHealth {
  readonly taskArn: string;
  readonly taskDefinitionFamily?: string;
  readonly taskDefinitionVersion?: string;
  readonly containers: readonly ContainerHealth[];
}

export interface ContainerHealth {
  readonly containerName: string;
  readonly healthStatus: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
  readonly statusSince: number;
}

export interface PublishInstanceStatusRequest {
  readonly metadata: {
    readonly cluster?: string;
    readonly containerInstance?: string;
    readonly requestId?: string;
  };
  readonly statuses: readonly InstanceStatus[];
  readonly timestamp?: number;
}

export interface InstanceStatus {
  /** `ContainerRuntime`, `Agent`, … */
  readonly type: string;
  readonly status: "OK" | "IMPAIRED" | "INSUFFICIENT_DATA" | "INITIALIZING";
  readonly lastUpdated?: number;
  readonly lastStatusChange?: number;
}
