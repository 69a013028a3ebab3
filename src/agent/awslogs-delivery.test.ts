import assert from "node:assert/strict";
import { test } from "node:test";
import { awslogsDelivery } from "./awslogs-delivery.ts";

const served = { credentialsOrigin: ":51680", instanceId: "i", controlPlane: "http://169.254.170.2:51681" };
const searched = "http://169.254.170.2:51680/logs";
const sessions = { credentialsOrigin: ":51680", instanceId: "i", ownCredentials: false };
const shipped = { credentialsOrigin: "", ownCredentials: false, isShipped: true };
const engines = { credentialsOrigin: "", ownCredentials: true };

for (const [what, options, expected] of [
  [
    "this installation",
    { served: { ...served, searched }, isAws: false },
    { ...sessions, endpoint: "http://169.254.170.2:51681", searched },
  ],
  [
    "a URL",
    { wanted: "http://cp", served: { ...served, searched }, isAws: false },
    { ...sessions, endpoint: "http://cp" },
  ],
  [
    "AWS, as the engine, to which sessions from here mean nothing",
    { wanted: "aws", served: { ...served, searched }, isAws: false },
    engines,
  ],
  ["AWS without a task endpoint", { wanted: "aws", isAws: false }, engines],
  ["AWS, whose own the control plane is", { served: { ...sessions, searched }, isAws: true }, sessions],
  [
    "AWS, whose own the control plane is, by name",
    { wanted: "aws", served: { ...served, searched }, isAws: true },
    sessions,
  ],
  ["this installation by the agent, without a task endpoint", { isAws: false }, shipped],
  [
    "a URL by the agent, without sessions",
    { wanted: "http://cp", isAws: false },
    { ...shipped, endpoint: "http://cp" },
  ],
  [
    "this installation by the agent, where the runtime has no such driver",
    { served: { ...served, searched }, isAws: false, hasDriver: false },
    shipped,
  ],
  ["AWS by the agent", { wanted: "aws", isAws: false, hasDriver: false }, { ...shipped, ownCredentials: true }],
  ["nowhere without anything that can be read", { isAws: false, canRead: false }, undefined],
] as const) {
  test(`awslogs delivers to ${what}`, () => {
    assert.deepEqual(awslogsDelivery({ hasDriver: true, canRead: true, ...options }), expected);
  });
}
