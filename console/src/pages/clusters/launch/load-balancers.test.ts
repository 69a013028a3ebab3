import assert from "node:assert/strict";
import { test } from "node:test";
import { createServiceInput, emptyService, formOf, updateServiceInput } from "./form.ts";
import {
  firstLoadBalancer,
  isWhole,
  type LoadBalancerItem,
  loadBalancersOf,
  loadBalancingFormOf,
  portsOf,
} from "./load-balancers.ts";

const targetGroupArn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/6d0ecf831eec9f09";
const item: LoadBalancerItem = { kind: "targetGroup", target: ` ${targetGroupArn} `, container: "web", port: "80" };
const made = { targetGroupArn, containerName: "web", containerPort: 80 };

test("loadBalancersOf names a target group or a load balancer, never both", () => {
  const classic: LoadBalancerItem = { kind: "classic", target: "old", container: "web", port: "80" };
  assert.deepEqual(loadBalancersOf({ loadBalancers: [item, classic] }), [
    made,
    { loadBalancerName: "old", containerName: "web", containerPort: 80 },
  ]);
});

test("loadBalancersOf gives back what a service has, with what the form does not know", () => {
  const loadBalancers = [
    { ...made, advancedConfiguration: { alternateTargetGroupArn: "green", productionListenerRule: "rule" } },
    { loadBalancerName: "old", containerName: "web", containerPort: 0 },
    { targetGroupArn },
  ];
  assert.deepEqual(loadBalancersOf(loadBalancingFormOf({ loadBalancers })), loadBalancers);
});

test("a load balancer is whole with a target, a container and a port", () => {
  assert.equal(isWhole(item), true);
  for (const part of [{ target: " " }, { container: "" }, { port: "" }, { port: "http" }, { port: "65536" }]) {
    assert.equal(isWhole({ ...item, ...part }), false, JSON.stringify(part));
  }
});

test("firstLoadBalancer is for the first port that the definition maps", () => {
  const ports = portsOf([{ name: "side" }, { name: "web", portMappings: [{ containerPort: 8080 }] }]);
  assert.deepEqual(firstLoadBalancer(ports), { kind: "targetGroup", target: "", container: "web", port: "8080" });
  assert.deepEqual(firstLoadBalancer([]), { kind: "targetGroup", target: "", container: "", port: "" });
});

test("a service is created with load balancers; an update names them where they were changed, also if none is left", () => {
  const form = { ...emptyService, family: "web", loadBalancers: [item] };
  assert.deepEqual(createServiceInput(form, {}, []).loadBalancers, [made]);
  assert.equal("loadBalancers" in createServiceInput(emptyService, {}, []), false);
  const before = formOf({ serviceName: "web", loadBalancers: [made] }, "c");
  assert.deepEqual(updateServiceInput(before, before, {}), { cluster: "c", service: "web" });
  assert.deepEqual(updateServiceInput({ ...before, loadBalancers: [] }, before, {}).loadBalancers, []);
});
