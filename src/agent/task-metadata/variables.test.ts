import assert from "node:assert/strict";
import { test } from "node:test";
import { containerSpec } from "../engine/container-spec.ts";
import { container } from "../engine/task.fixture.ts";
import { runningTask, taskRole } from "./metadata.fixture.ts";
import { endpointVariables, type VariablesOptions } from "./variables.ts";

const options: VariablesOptions = {
  origin: "http://169.254.170.2",
  controlPlane: "http://169.254.170.2:40001",
  idOf: (_arn, name) => `id-of-${name}`,
};

function environment(change: Parameters<typeof runningTask>[0] = {}, given: Partial<VariablesOptions> = {}) {
  const variables = endpointVariables({ ...options, ...given });
  const spec = { cluster: "default", region: "eu-west-1", variables };
  const secrets = { SECRET: "s", ECS_AGENT_URI: "a secret of that name" };
  return containerSpec(runningTask(change), "web", {
    ...spec,
    apply: (bare) => ({ ...bare, environment: { ...bare.environment, ...secrets } }),
  }).environment;
}

test("a container is told what AWS's agent tells it, and where the control plane is", () => {
  assert.deepEqual(environment(), {
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: `/v2/credentials/${taskRole.credentialsId}`,
    ECS_CONTAINER_METADATA_URI: "http://169.254.170.2/v3/id-of-web",
    ECS_CONTAINER_METADATA_URI_V4: "http://169.254.170.2/v4/id-of-web",
    AWS_EXECUTION_ENV: "AWS_ECS_EC2",
    AWS_ENDPOINT_URL: "http://169.254.170.2:40001",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    SECRET: "s",
    ECS_AGENT_URI: "a secret of that name",
  });
  assert.equal(environment({ launchType: "FARGATE" }).AWS_EXECUTION_ENV, "AWS_ECS_FARGATE");
});

test("its own variables win over the endpoint's address, and lose against the agent's", () => {
  const own = { AWS_ENDPOINT_URL: "http://minio", AWS_EXECUTION_ENV: "mine", ECS_CONTAINER_METADATA_URI_V4: "mine" };
  const found = environment({ containers: [container("web", { environment: own })] });
  assert.deepEqual(
    [found.AWS_ENDPOINT_URL, found.AWS_EXECUTION_ENV, found.ECS_CONTAINER_METADATA_URI_V4],
    ["http://minio", "mine", "http://169.254.170.2/v4/id-of-web"],
  );
});

test("where the standard port is another's, SDKs are told the whole address", () => {
  const found = environment({}, { origin: "http://169.254.170.2:40002" });
  assert.equal(found.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, undefined);
  assert.equal(
    found.AWS_CONTAINER_CREDENTIALS_FULL_URI,
    `http://169.254.170.2:40002/v2/credentials/${taskRole.credentialsId}`,
  );
});

test("a docker label keeps the endpoint's address away, and so does a control plane that is not to be told", () => {
  const config = JSON.stringify({ Labels: { "sealift.endpoint-env": "off" } });
  const labelled = container("web", { dockerConfig: { config, hostConfig: "{}", version: "1.25" } });
  assert.equal(environment({ containers: [labelled] }).AWS_ENDPOINT_URL, undefined);
  const { controlPlane: _, ...silent } = options;
  const variables = endpointVariables(silent);
  assert.ok(!("AWS_ENDPOINT_URL" in variables.unlessSet(runningTask(), "web")));
});
