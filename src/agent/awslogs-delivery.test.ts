import assert from "node:assert/strict";
import { test } from "node:test";
import { awslogsDelivery } from "./awslogs-delivery.ts";

const served = { credentialsOrigin: ":51680", instanceId: "i", controlPlane: "http://169.254.170.2:51681" };
const searched = "http://169.254.170.2:51680/logs";
const sessions = { credentialsOrigin: ":51680", instanceId: "i", ownCredentials: false };
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
  ["nowhere without a task endpoint", { isAws: false }, undefined],
  ["nowhere without sessions", { wanted: "http://cp", isAws: false }, undefined],
] as const) {
  test(`awslogs delivers to ${what}`, () => assert.deepEqual(awslogsDelivery(options), expected));
}
