import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findPlaintextSecrets } from "./find.ts";
import type { PlaintextRule } from "./finding.ts";

const random = "q7Zt2LmX9vRb4KcW8nYp3HsD6fGj1AeU";
const hex = "9f86d081884c7d659a2feaa0c55ad015";

const secrets: readonly (readonly [rule: PlaintextRule, name: string, value: string])[] = [
  ["plaintext-secret-name", "DB_PASSWORD", "hunter2"],
  ["plaintext-secret-name", "PGPASSWORD", "hunter2"],
  ["plaintext-secret-name", "MYSQL_PWD", "1234"],
  ["plaintext-secret-name", "SPRING_DATASOURCE_PASSWORD", "changeme"],
  ["plaintext-secret-name", "spring.datasource.password", "changeme"],
  ["plaintext-secret-name", "smtpPass", "pa$$word"],
  ["plaintext-secret-name", "JWT_SECRET", "a long sentence that nobody guesses"],
  ["plaintext-secret-name", "SECRET_KEY_BASE", "0f0f0f0f"],
  ["plaintext-secret-name", "DD_API_KEY", "0123456789"],
  ["plaintext-secret-name", "NEW_RELIC_LICENSE_KEY", "0123456789x"],
  ["plaintext-secret-name", "sessionToken", "abc"],
  ["plaintext-secret-name", "BASIC_AUTH", "admin:admin"],
  ["plaintext-secret-name", "DB_PASSWORD", "$" + "{DB_PASSWORD:-hunter2}"],
  ["plaintext-secret-name", "DB_PASSWORD", "$" + "{DB_PASSWORD:hunter2}"],
  ["plaintext-secret-name", "DB_PASSWORD", "$ecret!"],
  ["plaintext-secret-name", "DBPASS", "hunter2"],
  ["plaintext-secret-name", "API_KEYS", "first,second"],
  ["plaintext-secret-name", "AUTH_SALT", "n3cks"],
  ["plaintext-secret-name", "DEPLOY_KEY", "abcd123"],
  ["plaintext-secret-url", "DSN", "root:hunter2@tcp(db:3306)/app?parseTime=true"],
  ["plaintext-secret-url", "DSN", "root:p@ss/word@unix(/run/mysqld.sock)/app"],
  ["plaintext-secret-url", "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20YWxhZGRpbjpvcGVu"],
  ["plaintext-secret-url", "DATABASE_URL", "postgres://app:hunter2@db.internal:5432/app"],
  ["plaintext-secret-url", "CELERY_BROKER", "redis://:hunter2@cache:6379/0"],
  ["plaintext-secret-url", "UPSTREAM", "https://user:hunter2@example.com/path"],
  ["plaintext-secret-url", "CONNECTION", "Server=db;Database=app;User Id=app;Password=hunter2;"],
  ["plaintext-secret-url", "STORAGE", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abcd1234=="],
  ["plaintext-secret-url", "HEADERS", "Authorization: Bearer hunter2hunter2"],
  ["plaintext-secret-token", "A", "AKIAQWERTYUIOPASDFGH"],
  ["plaintext-secret-token", "A", `ghp_${random}abcd`],
  ["plaintext-secret-token", "A", `sk_live_${random}`],
  ["plaintext-secret-token", "A", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n"],
  ["plaintext-secret-token", "A", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"],
  ["plaintext-secret-token", "AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCYabcdefgh1234"],
  ["plaintext-secret-random", "INGEST", random],
  ["plaintext-secret-random", "INGEST", hex],
  ["plaintext-secret-random", "INGEST", "q7zt2lmx9vrb4kcw8nyp3hsd6fgj1aeu"],
  ["plaintext-secret-random", "INGEST", "JBSWY3DPEHPK3PXP5T2QK7XGZ4MNB6VA"],
];

for (const [rule, name, value] of secrets) {
  test(`${name}=${value.slice(0, 24)} looks like a secret`, async () => {
    const found = await findPlaintextSecrets(withVariable(name, value));
    assert.deepEqual(
      found.map(({ rule, pointer, container }) => ({ rule, pointer, container })),
      [{ rule, pointer: "/containerDefinitions/0/environment/0/value", container: "web" }],
    );
    assert(!JSON.stringify(found).includes(value), "A finding never holds the value");
  });
}

const harmless: readonly (readonly [name: string, value: string])[] = [
  ["DB_PASSWORD", ""],
  ["DB_PASSWORD_FILE", "/run/secrets/db"],
  ["DB_PASSWORD", "/run/secrets/db"],
  ["DB_PASSWORD", "$" + "{DB_PASSWORD}"],
  ["DB_PASSWORD", "{{ .Values.password }}"],
  ["DB_PASSWORD", "$DB_PASSWORD"],
  ["DB_PASSWORD", "$$DB_PASSWORD"],
  ["DB_PASSWORD", "$" + "{DB_PASSWORD:-}"],
  ["DB_PASSWORD", "$" + "{DB_PASSWORD:?not set}"],
  ["DB_PASSWORD", "$" + "{ssm:/app/db}"],
  ["DB_PASSWORD", "$" + "{env:DB_PASSWORD}"],
  ["DB_PASSWORD", "REPLACE_WITH_PASSWORD"],
  ["SHOW_PASSWORD", "0"],
  ["SENTRY_RELEASE", "9f86d081884c7d659a2feaa0c55ad0159f86d081"],
  ["GPG_KEY", "0D96DF4D4110E5C43FBFB17F2D347EA6AA65421D"],
  ["SSH_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1 app@example.com"],
  ["JWT_SIGNING_KEY", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----\n"],
  ["FEATURE", "NewCheckoutFlowV2EnabledForUsers"],
  ["BUCKET_OF", "mycompanyproductionuploads2024"],
  ["DB_PASSWORD", "<your password>"],
  ["DB_PASSWORD", "vault:secret/data/db#password"],
  ["DB_PASSWORD", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"],
  ["MYSQL_ALLOW_EMPTY_PASSWORD", "yes"],
  ["PASSWORD_MIN_LENGTH", "12"],
  ["TOKEN_TTL", "3600"],
  ["ACCESS_TOKEN", "3600"],
  ["TOKEN_ENDPOINT", "https://auth.example.com/oauth/token"],
  ["SECRET_ARN", "x"],
  ["SECRET_NAME", "prod/db"],
  ["MAX_TOKENS", "4096"],
  ["NEXT_PUBLIC_API_KEY", "pk_abcdefgh"],
  ["CACHE_KEY", "articles"],
  ["KEY", "name"],
  ["PWD", "/usr/src/app"],
  ["COMPASS", "north"],
  ["AWS_ACCOUNT_ID", "123456789012"],
  ["GIT_COMMIT", "9f86d081884c7d659a2feaa0c55ad0159f86d081"],
  ["IMAGE_DIGEST", `sha256:${hex}${hex}`],
  ["CLIENT_ID", random],
  ["DATABASE_URL", "postgres://db.internal:5432/app"],
  ["DATABASE_URL", "postgres://app@db.internal:5432/app"],
  ["DATABASE_URL", `postgres://app:$${"{DB_PASSWORD}"}@db.internal/app`],
  ["QUEUE", "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"],
  ["BUILD", "2024-11-30T12:00:00Z"],
  ["TRACE", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ["JAVA_OPTS", "-XX:MaxRAMPercentage=75 -Dspring.profiles.active=prod"],
  ["SERVICE", "MyVeryLongServiceNameInCamelCase"],
  ["CLASS", "com.example.SessionTokenAuthenticationFilter2"],
];

for (const [name, value] of harmless) {
  test(`${name}=${value.slice(0, 24)} does not look like a secret`, async () => {
    assert.deepEqual(await findPlaintextSecrets(withVariable(name, value)), []);
  });
}

const commands: readonly (readonly [words: readonly string[], found: readonly string[]])[] = [
  [["app", "--db-password", "hunter2"], ["/containerDefinitions/0/command/2"]],
  [["app", "--db-password=hunter2"], ["/containerDefinitions/0/command/1"]],
  [["redis-server", "--requirepass", "hunter2"], ["/containerDefinitions/0/command/2"]],
  [["sh", "-c", "export API_KEY=hunter2 && exec app"], ["/containerDefinitions/0/command/2"]],
  [["sh", "-c", "mysql --password 'hunter2' < init.sql"], ["/containerDefinitions/0/command/2"]],
  [["sh", "-c", 'curl -H "Authorization: Basic aHVudGVyMg==" http://x'], ["/containerDefinitions/0/command/2"]],
  [["sqlcmd", "-S", "db", "-P", "hunter2"], ["/containerDefinitions/0/command/4"]],
  [["sh", "-c", "ldapsearch -D cn=app -w hunter2"], ["/containerDefinitions/0/command/2"]],
  [["sh", "-c", "PGPASSWORD=$$POSTGRES_PASSWORD pg_isready"], []],
  [["celery", "-A", "app", "worker", "-P", "gevent"], []],
  [["sh", "-c", 'app --password="$' + 'DB_PASSWORD"'], []],
  [["sh", "-c", "app --password-file /run/secrets/db --token-ttl 3600"], []],
  [["app", "--password", "--verbose"], []],
];

for (const [command, pointers] of commands) {
  test(`The command ${JSON.stringify(command)} has ${pointers.length} secrets`, async () => {
    const found = await findPlaintextSecrets({ containerDefinitions: [{ name: "web", command: [...command] }] });
    assert.deepEqual(
      found.map(({ pointer }) => pointer),
      pointers,
    );
  });
}

test("Options of logs, labels, health checks and volumes are looked at", async () => {
  const definition = {
    containerDefinitions: [
      {
        name: "web",
        logConfiguration: {
          logDriver: "splunk" as const,
          options: { "splunk-token": random, "splunk-url": "https://x" },
        },
        dockerLabels: { "com.example/api_key": "hunter2", build: random },
        healthCheck: { command: ["CMD-SHELL", "curl http://admin:hunter2@localhost/"] },
      },
    ],
    volumes: [{ name: "data", dockerVolumeConfiguration: { driverOpts: { o: "username=a,password=hunter2" } } }],
  };
  const found = await findPlaintextSecrets(definition);
  assert.deepEqual(
    found.map(({ pointer, container }) => [pointer, container]),
    [
      ["/containerDefinitions/0/healthCheck/command/1", "web"],
      ["/containerDefinitions/0/logConfiguration/options/splunk-token", "web"],
      ["/containerDefinitions/0/dockerLabels/com.example~1api_key", "web"],
      ["/volumes/0/dockerVolumeConfiguration/driverOpts/o", undefined],
    ],
  );
});

test("Definitions that keep their secrets in stores have no finding", async () => {
  const folder = join(import.meta.dirname, "../../test/definitions");
  for (const name of globSync("*.json", { cwd: folder })) {
    const definition = JSON.parse(readFileSync(join(folder, name), "utf8"));
    assert.deepEqual(await findPlaintextSecrets(definition), [], name);
  }
});

function withVariable(name: string, value: string) {
  return { containerDefinitions: [{ name: "web", environment: [{ name, value }] }] };
}
