import type {
  DiscoverPollEndpointCommandInput,
  DiscoverPollEndpointResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  RegisterContainerInstanceCommandInput,
  RegisterContainerInstanceResponse,
  SubmitTaskStateChangeCommandInput,
} from "@aws-sdk/client-ecs";

/** Inputs and answers of the operations. What answers is trusted with the members' types. */
export interface AgentOperations {
  RegisterContainerInstance(input: RegisterContainerInstanceCommandInput): RegisterContainerInstanceResponse;
  SubmitTaskStateChange(input: SubmitTaskStateChangeCommandInput): object;
  ListTagsForResource(input: ListTagsForResourceRequest): ListTagsForResourceResponse;
  DiscoverPollEndpoint(input: DiscoverPollEndpointCommandInput): DiscoverPollEndpointResponse;
}

/** Makes a call at one place. Rejects as AWS's SDK does. */
export type Call = <Name extends keyof AgentOperations>(
  name: Name,
  input: Parameters<AgentOperations[Name]>[0],
  signal?: AbortSignal,
) => Promise<ReturnType<AgentOperations[Name]>>;
