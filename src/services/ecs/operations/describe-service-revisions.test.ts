import assert from "node:assert/strict";
import { test } from "node:test";
import { network, openEcs, webDefinition } from "../test-support.fixture.ts";

test("DescribeServiceRevisions shows what each deployment brought", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(webDefinition());
  const made = await ecs.createService({
    ...{ serviceName: "web", taskDefinition: "web", desiredCount: 0, launchType: "FARGATE" },
    networkConfiguration: network,
  });
  await ecs.registerTaskDefinition({ ...webDefinition() });
  await ecs.updateService({ service: "web", taskDefinition: "web:2" });
  const { serviceDeployments } = await ecs.listServiceDeployments({ service: "web" });
  const arns = serviceDeployments!.map(({ targetServiceRevisionArn }) => targetServiceRevisionArn!);
  const { serviceRevisions, failures } = await ecs.describeServiceRevisions({ serviceRevisionArns: arns });
  assert.deepEqual(failures, []);
  assert.deepEqual(
    serviceRevisions!.map(({ taskDefinition }) => taskDefinition!.split("/")[1]),
    ["web:2", "web:1"],
  );
  const [first] = serviceRevisions!;
  assert.deepEqual(first!.containerImages, [{ containerName: "app", image: "nginx" }]);
  assert.deepEqual(
    [first!.launchType, first!.platformVersion, first!.serviceArn],
    ["FARGATE", "1.4.0", made.service!.serviceArn],
  );
  assert.deepEqual(first!.networkConfiguration, network);
});

test("DescribeServiceRevisions says which are missing, and refuses ARNs of anything else", async () => {
  await using own = await openEcs();
  const arn = "arn:aws:ecs:us-east-1:111122223333:service-revision/default/none/1234567890123456789";
  const { failures } = await own.ecs.describeServiceRevisions({ serviceRevisionArns: [arn] });
  assert.deepEqual(failures, [{ arn, reason: "MISSING" }]);
  const other = arn.replace("service-revision", "service-deployment");
  await assert.rejects(own.ecs.describeServiceRevisions({ serviceRevisionArns: [other] }), {
    name: "InvalidParameterException",
  });
});
