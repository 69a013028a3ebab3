import assert from "node:assert/strict";
import { test } from "node:test";
import { AwslogsOptionError, awslogsOptions } from "./options.ts";

const place = { "awslogs-group": "/app", "awslogs-region": "eu-west-1" };

test("awslogsOptions reads where output goes, and how", () => {
  assert.deepEqual(awslogsOptions(place), { group: "/app", region: "eu-west-1", createsGroup: false });
  const more = {
    "awslogs-stream": "web/1",
    "awslogs-create-group": "true",
    mode: "non-blocking",
    "max-buffer-size": "25m",
  };
  assert.deepEqual(awslogsOptions({ ...place, ...more }), {
    ...{ group: "/app", region: "eu-west-1", stream: "web/1", createsGroup: true },
  });
});

for (const [format, first, other] of [
  ["[%b %d, %Y %H:%M:%S]", "[Nov 30, 2026 07:10:23] started", "  at main"],
  ["%Y-%m-%dT%H:%M:%S", "x 2026-11-30T07:10:23 y", "2026-13-30T07:10:23"],
  ["%A %p %j%L", "Monday PM 334.123", "Mon PM 334.123"],
  ["%a %w %y %I %f %z %Z %B", "Mon 1 26 07 123456 +0100 CET November", "Mon 9 26 07 123456 +0100 CET November"],
] as const) {
  test(`awslogs-datetime-format ${format} finds the first lines of events`, () => {
    const options = awslogsOptions({ ...place, "awslogs-datetime-format": format.replace(/^\[(.*)\]$/, "\\[$1\\]") });
    assert.deepEqual([options.first?.test(first), options.first?.test(other)], [true, false]);
  });
}

for (const [options, message] of [
  [{ "awslogs-region": "eu-west-1" }, "must specify a value for log opt 'awslogs-group'"],
  [{ "awslogs-group": "/app" }, "must specify a value for log opt 'awslogs-region'"],
  [{ ...place, "awslogs-colour": "red" }, "unknown log opt 'awslogs-colour' for awslogs log driver"],
  [{ ...place, mode: "s3cret" }, "logging mode is not supported"],
  [{ ...place, "max-buffer-size": "1m" }, "logger: max-buffer-size option is only supported with 'mode=non-blocking'"],
  [{ ...place, mode: "non-blocking", "max-buffer-size": "s3cret" }, "max-buffer-size is not a valid size"],
  [{ ...place, "awslogs-create-group": "s3cret" }, "must specify valid value for log opt 'awslogs-create-group'"],
  [
    { ...place, "awslogs-multiline-pattern": "(s3cret" },
    "awslogs could not parse the regular expression of 'awslogs-multiline-pattern'",
  ],
  [
    { ...place, "awslogs-multiline-pattern": "^x", "awslogs-datetime-format": "%Y" },
    "you cannot configure log opt 'awslogs-datetime-format' and 'awslogs-multiline-pattern' at the same time",
  ],
  [
    { ...place, "awslogs-force-flush-interval-seconds": "1" },
    "log opt 'awslogs-force-flush-interval-seconds' is not supported where the agent delivers in the driver's place",
  ],
] as const) {
  test(`awslogsOptions refuses ${JSON.stringify(options)}`, () => {
    assert.throws(() => awslogsOptions(options), new AwslogsOptionError(message));
  });
}
