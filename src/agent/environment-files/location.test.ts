import assert from "node:assert/strict";
import { test } from "node:test";
import { locationOf } from "./location.ts";

const arn = (path: string) => `arn:aws:s3:::${path}`;

for (const [path, bucket, key] of [
  ["bucket/key", "bucket", "key"],
  ["bucket/app.env", "bucket", "app.env"],
  ["bucket/a/b/c.env", "bucket", "a/b/c.env"],
  ["bucket/a/../app.env", "bucket", "a/../app.env"],
  ["my.bucket/a b+ü.env", "my.bucket", "a b+ü.env"],
] as const) {
  test(`E9 and E10 locationOf takes ${path}`, () => assert.deepEqual(locationOf(arn(path)), { bucket, key }));
}

test("locationOf takes other partitions", () => {
  assert.deepEqual(locationOf("arn:aws-cn:s3:::bucket/key"), { bucket: "bucket", key: "key" });
});

for (const wrong of ["arn:aws:s3:::s3key.env", "arn:aws:xxx:::xxx", "bucket/key", ""]) {
  test(`E8 and E9 locationOf refuses ${JSON.stringify(wrong)}`, () => {
    assert.deepEqual(locationOf(wrong), {
      error: `unable to parse bucket and key from s3 ARN specified in environmentFile ${wrong}, error: invalid s3 arn: ${wrong}`,
    });
  });
}

for (const key of [
  "../../../../config.env",
  "a/b/c/../../../../../../config.env",
  "a\\b\\c/../../../../config.env",
  "a\\b\\c\\d\\e\\f\\g\\h/../../../../../../../var/lib/config.env",
]) {
  test(`E10 locationOf refuses ${key}`, () => {
    const inner = `invalid path: bucket "bucket" key ${JSON.stringify(key)} escapes envfile resource directory`;
    const error = `unable to initialize envfile resource directory, error: ${inner}`;
    assert.deepEqual(locationOf(arn(`bucket/${key}`)), { error });
  });
}
