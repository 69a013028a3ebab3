import { defined } from "../../defined.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import type { AgentVariables } from "../engine/variables.ts";

/** The docker label by which a container's definition keeps `AWS_ENDPOINT_URL` away. */
const label = "sealift.endpoint-env";

/** Where AWS's SDKs look for credentials under a path alone. */
const standardOrigin = "http://169.254.170.2";

export interface VariablesOptions {
  /** `http://169.254.170.2`, with the port unless that is 80. */
  readonly origin: string;
  /** Where containers reach the control plane; absent where that is AWS, or where they are not to be told. */
  readonly controlPlane?: string;
  idOf(arn: string, container: string): string;
}

/**
 * What AWS's agent gives each container, and the address of this control plane for its SDKs.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
 */
export function endpointVariables({ origin, controlPlane, idOf }: VariablesOptions): AgentVariables {
  return {
    set(task, container) {
      const id = idOf(task.arn, container);
      return {
        ...credentialsVariable(origin, task.credentialsIds?.task),
        ECS_CONTAINER_METADATA_URI: `${origin}/v3/${id}`,
        ECS_CONTAINER_METADATA_URI_V4: `${origin}/v4/${id}`,
        ECS_AGENT_URI: `${origin}/api/${id}`,
      };
    },
    unlessSet: (task, container) => ({
      ...defined({ AWS_ENDPOINT_URL: wants(task, container) ? controlPlane : undefined }),
      AWS_EXECUTION_ENV: task.payload.launchType === "FARGATE" ? "AWS_ECS_FARGATE" : "AWS_ECS_EC2",
    }),
  };
}

function credentialsVariable(origin: string, id: string | undefined): Readonly<Record<string, string>> {
  if (id === undefined) return {};
  const path = `/v2/credentials/${id}`;
  return origin === standardOrigin
    ? { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path }
    : { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}${path}` };
}

function wants(task: AgentTask, container: string): boolean {
  const { config } = payloadOf(task, container).dockerConfig;
  const { Labels: labels }: { Labels?: Record<string, string> } = JSON.parse(config);
  return !["false", "off", "0"].includes(labels?.[label]?.toLowerCase() ?? "");
}
