import assert from "node:assert/strict";
import { test } from "node:test";
import { explainPull } from "./pull-reason.ts";

const cases: [message: string, expected: string][] = [
  [
    "denied: User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ecr:BatchGetImage on resource: x",
    "The task can\u2019t pull the image. Check that the role has the permissions to pull images from the registry. ",
  ],
  [
    "error from registry: User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ecr:BatchGetImage on resource: x",
    "The task can\u2019t pull the image. Check that the role has the permissions to pull images from the registry. ",
  ],
  [
    "pull access denied for nosuch, repository does not exist: denied: requested access to the resource is denied",
    "The task can\u2019t pull the image. Check whether the image exists. ",
  ],
  [
    'Get "https://r.example/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded)',
    "The task can\u2019t pull the image. Check your network configuration. ",
  ],
  ["manifest for web:9 not found: manifest unknown", ""],
];

for (const [message, expected] of cases) {
  test(`explainPull: ${message.slice(0, 60)}`, () => {
    assert.equal(explainPull("web:9", message), expected + message);
  });
}

test("explainPull hides the presigned addresses of layers", () => {
  const address = "https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/a?X-Amz-Signature=canary";
  assert.equal(
    explainPull("web:9", `Get "${address}": dial tcp: i/o timeout`),
    "Get REDACTED ECR URL related to web:9 dial tcp: i/o timeout",
  );
});
