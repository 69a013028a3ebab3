import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadContainer, PayloadTask } from "../../acs/protocol.ts";
import { container, payload, secret, taskArn } from "../engine/task.fixture.ts";
import { routerConfig, routerOf } from "./index.ts";

type Options = Readonly<Record<string, string>>;

function routed(name: string, options: Options, change: Partial<PayloadContainer> = {}): PayloadContainer {
  const hostConfig = JSON.stringify({ LogConfig: { Type: "awsfirelens", Config: options } });
  return container(name, { dockerConfig: { config: "{}", hostConfig, version: "1.25" }, ...change });
}

function router(type: string, options: Options = {}, change: Partial<PayloadContainer> = {}): PayloadContainer {
  return container("router", { firelensConfiguration: { type, options }, ...change });
}

function configOf(containers: readonly PayloadContainer[], change: Partial<PayloadTask> = {}): string {
  const task = payload(containers, change);
  return routerConfig(task, routerOf(task)!);
}

const patterns = { "include-pattern": "*failure*", "exclude-pattern": "*success*" };
const apiKey = { ...secret, name: "secret-name", type: "BOOTSTRAP", target: "LOG_DRIVER" } as const;

test("a configuration of Fluent Bit", () => {
  const options = {
    ...patterns,
    Name: "kinesis_firehose",
    region: "us-west-2",
    "log-driver-buffer-limit": "2097152",
    delivery_stream: "my-stream",
  };
  const given = { "config-file-type": "s3", "config-file-value": "arn:aws:s3:::b/k" };
  const text = configOf([routed("app", options, { secrets: [apiKey] }), router("fluentbit", given)]);
  assert.equal(
    text,
    `
[INPUT]
    Name forward
    Mem_Buf_Limit 25MB
    unix_path /var/run/fluent.sock

[INPUT]
    Name forward
    Listen 0.0.0.0
    Port 24224

[INPUT]
    Name tcp
    Tag firelens-healthcheck
    Listen 127.0.0.1
    Port 8877

[FILTER]
    Name grep
    Match app-firelens*
    Regex log *failure*

[FILTER]
    Name grep
    Match app-firelens*
    Exclude log *success*

[FILTER]
    Name record_modifier
    Match *
    Record ecs_cluster default
    Record ecs_task_arn ${taskArn}
    Record ecs_task_definition web:3

@INCLUDE /fluent-bit/etc/external.conf

[OUTPUT]
    Name null
    Match firelens-healthcheck

[OUTPUT]
    Name kinesis_firehose
    Match app-firelens*
    delivery_stream my-stream
    region us-west-2
    secret-name \${secret-name_0}
`,
  );
});

test("P10 a configuration of Fluentd", () => {
  const given = { "config-file-type": "file", "config-file-value": "/extra.conf" };
  const app = routed("app", { ...patterns, "@type": "datadog" }, { secrets: [apiKey] });
  const text = configOf([app, router("fluentd", given)], { networkMode: "awsvpc" });
  assert.equal(
    text,
    `
<source>
    @type unix
    path /var/run/fluent.sock
</source>

<source>
    @type forward
    bind 127.0.0.1
    port 24224
</source>

<filter app-firelens**>
    @type grep
    <regexp>
        key log
        pattern *failure*
    </regexp>
</filter>

<filter app-firelens**>
    @type grep
    <exclude>
        key log
        pattern *success*
    </exclude>
</filter>

<filter **>
    @type record_transformer
    <record>
        ecs_cluster default
        ecs_task_arn ${taskArn}
        ecs_task_definition web:3
    </record>
</filter>

@include /extra.conf

<match app-firelens**>
    @type datadog
    secret-name "#{ENV['secret-name_0']}"
</match>
`,
  );
});

test("metadata may be left out, and there is no port where containers share the machine's network", () => {
  const text = configOf(
    [routed("app", { Name: "null" }), router("fluentbit", { "enable-ecs-log-metadata": "false" })],
    {
      networkMode: "host",
    },
  );
  assert.doesNotMatch(text, /record_modifier|24224/);
});

for (const [what, change, expected] of [
  ["memory", { memory: 100 }, "50MB"],
  [
    "reservation",
    {
      memory: 100,
      dockerConfig: {
        config: "{}",
        hostConfig: JSON.stringify({ MemoryReservation: 64 * 1024 * 1024 }),
        version: "1.25",
      },
    },
    "32MB",
  ],
] as const) {
  test(`Fluent Bit's buffer is half of its container's ${what}`, () => {
    const text = configOf([routed("app", { Name: "null" }), router("fluentbit", {}, change)]);
    assert.match(text, new RegExp(`Mem_Buf_Limit ${expected}\n`));
  });
}

test("options without a plugin are refused, and none at all leave the output to another configuration", () => {
  const words =
    "unable to generate firelens config: unable to apply log options of container app to firelens config: missing output key " +
    "Name which is required for firelens configuration of type fluentbit";
  assert.throws(() => configOf([routed("app", { region: "r" }), router("fluentbit")]), { message: words });
  const text = configOf([routed("app", patterns), router("fluentbit")]);
  assert.equal(text.match(/\[OUTPUT\]/g)?.length, 1);
});

test("containers are numbered in the order of their task", () => {
  const text = configOf([
    router("fluentbit"),
    routed("one", { Name: "a" }, { secrets: [apiKey] }),
    routed("two", { Name: "b" }, { secrets: [apiKey] }),
  ]);
  assert.match(text, /Name a\n {4}Match one-firelens\*\n {4}secret-name \$\{secret-name_1\}/);
  assert.match(text, /Name b\n {4}Match two-firelens\*\n {4}secret-name \$\{secret-name_2\}/);
});
