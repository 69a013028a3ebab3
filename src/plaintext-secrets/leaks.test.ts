import assert from "node:assert/strict";
import { test } from "node:test";
import { findPlaintextSecrets } from "./find.ts";
import type { PlaintextRule } from "./finding.ts";

/** Made up; put together, so that no scanner of repositories takes them for leaks. */
const letters = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";
const hex = "0123456789abcdef0123456789abcdef";
const pem = (kind: string) =>
  `-----BEGIN ${kind}-----\n${"MIIEvQIBADANBgkqhkiG9w0BAQ".repeat(40)}\n-----END ${kind}-----\n`;
const base64 = (text: string) => Buffer.from(text).toString("base64");

type Variable = readonly [name: string, value: string];

/** What users put into `environment`, and what finds it. */
const leaks: Readonly<Record<PlaintextRule, readonly Variable[]>> = {
  "plaintext-secret-url": [
    ["DATABASE_URL", "postgresql://app:Xk2%21pq@db.prod.internal:5432/app?sslmode=require"],
    ["SQLALCHEMY_DATABASE_URI", "mssql+pyodbc://sa:Passw0rd!@sql:1433/app?driver=ODBC+Driver+17"],
    ["MONGO_URI", "mongodb+srv://svc:S3cr3tPw@cluster0.ab1cd.mongodb.net/app"],
    ["AMQP_URL", "amqps://user:pass@b-1234.mq.eu-west-1.amazonaws.com:5671"],
    ["REDIS_URL", "rediss://default:AVNS_x1y2z3@redis-1.aivencloud.com:6380"],
    ["SMTP_URL", "smtp://apikey:abcdef@smtp.sendgrid.net:587"],
    ["HTTP_PROXY", "http://proxyuser:proxypw@proxy.corp:3128"],
    ["SENTRY_DSN", `https://${hex}:${hex}@o1.ingest.sentry.io/1`],
    ["ConnectionStrings__Default", "Host=db;Username=app;Password=hunter2;Database=app"],
    ["APPSETTINGS", '{"ConnectionStrings":{"Default":"Server=db;Password=hunter2"}}'],
    ["JDBC_URL", "jdbc:postgresql://db/app?user=app&password=hunter2"],
    ["JDBC_URL", "jdbc:oracle:thin:scott/tiger@//db:1521/ORCL"],
    ["SERVICEBUS", `Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${letters}=`],
    ["AZURE_STORAGE", "https://a.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=AbC%2BdEf123456%3D"],
    ["AUTHORIZATION", "Basic dXNlcjpwYXNzd29yZA=="],
  ],
  "plaintext-secret-token": [
    ["A", `eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${letters}`],
    ["A", pem("EC PRIVATE KEY")],
    ["A", base64(pem("OPENSSH PRIVATE KEY"))],
    ["A", base64(JSON.stringify({ type: "service_account", private_key: pem("PRIVATE KEY") }))],
    ["A", `xoxb-123456789012-1234567890123-${letters.slice(0, 24)}`],
    ["A", `https://hooks.slack.com/services/T00000000/B00000000/${letters.slice(0, 24)}`],
    ["A", `https://discord.com/api/webhooks/123456789012345678/${letters}${letters.slice(0, 32)}`],
    ["A", `github_pat_11ABCDEFG0${letters}_${letters}`],
    ["A", `gho_${letters}`],
    ["A", `glpat-${letters.slice(0, 20)}`],
    ["A", `rk_live_${letters.slice(0, 24)}`],
    ["A", `SG.${letters.slice(0, 22)}.${letters}${letters.slice(0, 7)}`],
    ["A", `sk-ant-api03-${letters}-${letters}${letters.slice(0, 19)}AA`],
    ["A", `hvs.${letters}`],
    ["A", `s.${letters.slice(0, 24)}`],
    ["A", `123456789:AA${letters.slice(0, 33)}`],
    ["A", `${hex}-us12`],
    ["A", `npm_${letters}`],
    ["AWS_ACCESS_KEY_ID", "AKIAQ3EGRI7ZBYQX5TPL"],
    ["AWS_SECRET_ACCESS_KEY", "kWcrlUX5JEDGM3LtmEENI/aVmYvHNif5zB+d9+ct"],
    ["DOCKER_AUTH_CONFIG", '{"auths":{"r.example.com":{"auth":"dXNlcjpwYXNzd29yZA=="}}}'],
  ],
  "plaintext-secret-name": [
    ["POSTGRES_PASSWORD", "postgres"],
    ["RABBITMQ_DEFAULT_PASS", "guest"],
    ["DB_PASS", "correct horse battery staple"],
    ["DB_PW", "hunter2"],
    ["DATABASE_PASSWORD_PROD", "hunter2"],
    ["PASSWORD_DB", "hunter2"],
    ["SECRET_KEY", "hunter2"],
    ["NEXTAUTH_SECRET", "changemechangeme"],
    ["DJANGO_SECRET_KEY", "django-insecure-k3#x!9(z@p1m$v7w&q2e%r5t^y8u*i0o"],
    ["RAILS_MASTER_KEY", "5a6f3e1c9b8d7042a1f0e9d8c7b6a594"],
    ["APP_KEY", `base64:${base64(letters.slice(0, 32))}`],
    ["TWILIO_AUTH_TOKEN", hex],
    ["LDAP_BIND_CREDENTIALS", "Summer2024!"],
    ["CONFIG", '{"db":{"user":"app","password":"hunter2"}}'],
    ["SPRING_APPLICATION_JSON", '{"spring.datasource.password":"hunter2"}'],
    ["NESTED", '{"a":"{\\"password\\":\\"hunter2\\"}"}'],
    ["APPLICATION_YML", "db:\n  user: app\n  password: hunter2\n"],
    ["APPLICATION_PROPERTIES", "db.user=app\ndb.password=hunter2\n"],
    ["JAVA_OPTS", "-Xmx512m -Dspring.datasource.password=hunter2"],
    ["KAFKA_JAAS", 'security.plain.PlainLoginModule required username="u" password="hunter2";'],
    ["OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=acme,api-key=abcdef"],
  ],
  "plaintext-secret-random": [
    ["STRIPE_WEBHOOK", `whsec_${"q7Zt2LmX9vRb4KcW8nYp3HsD6fGj1AeU"}`],
    ["S3", "kWcrlUX5JEDGM3LtmEENI/aVmYvHNif5zB+d9+ct"],
    ["AES", "q7Zt2LmX9vRb4KcW8nYp3HsD6fGj1AeUq7Zt2LmX9vQ="],
    ["INGEST", "9f86d081884c7d659a2feaa0c55ad015"],
  ],
};

for (const [rule, variables] of Object.entries(leaks)) {
  for (const [name, value] of variables) {
    test(`${name}=${value.slice(0, 24)} is found by ${rule}`, async () => {
      const found = await findPlaintextSecrets(withVariable(name, value));
      assert.deepEqual(
        found.map(({ rule, name }) => [rule, name]),
        [[rule, name]],
      );
      assert(!JSON.stringify(found).includes(value), "A finding never holds the value");
    });
  }
}

const harmless: readonly Variable[] = [
  ["KMS_KEY", "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
  ["ROLE", "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"],
  ["TENANT", "72f988bf-86f1-41af-91ab-2d7cd011db47"],
  ["IMAGE", `123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${hex}${hex}`],
  ["GIT_SHA", "9f86d081884c7d659a2feaa0c55ad0159f86d081"],
  ["FEATURE_PASSWORD_RESET", "enabled"],
  ["ENABLE_TOKEN_REFRESH", "true"],
  ["PASSWORD_MIN_LENGTH", "8"],
  ["MAX_PASSWORD_ATTEMPTS", "5"],
  ["PASSWORD_HASHER", "argon2id"],
  ["PASSWORD_POLICY", "strong"],
  ["ACCESS_TOKEN_LIFETIME", "15m"],
  ["REFRESH_TOKEN", "30d"],
  ["TOKEN_ISSUER", "https://login.example.com/"],
  ["TOKEN_URL", "https://auth.example.com/token"],
  ["CSRF_TOKEN", "X-CSRF-Token"],
  ["API_KEY_NAME", "x-api-key"],
  ["DB_HOST", "prod-db.cluster-cabc123xyz99.us-east-1.rds.amazonaws.com"],
  [
    "BROKERS",
    "b-1.msk.abc123.c2.kafka.us-east-1.amazonaws.com:9098,b-2.msk.abc123.c2.kafka.us-east-1.amazonaws.com:9098",
  ],
  ["PUBLIC_KEY", pem("PUBLIC KEY")],
  ["CA_CERT", pem("CERTIFICATE")],
  ["CA_CERT_BASE64", base64(pem("CERTIFICATE"))],
  ["AUTHORIZED", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1h2p3q4r5s6t7u8v9w0x1y2z3A4B5C6D7E8F9G0H1I me@host"],
  ["POSTGRES_PASSWORD_FILE", "/run/secrets/pg"],
  ["GOOGLE_APPLICATION_CREDENTIALS", "/etc/gcp/key.json"],
  ["SSL_KEY", "/etc/ssl/private/key.pem"],
  ["AWS_SECRET_NAME", "prod-db"],
  ["DB_PASSWORD_SSM_PATH", "/prod/db/password"],
  ["COGNITO_USER_POOL_ID", "us-east-1_aBcDeFgHi"],
  ["COGNITO_CLIENT_ID", "3n4b5urk1ft4fl3mg5e62d9ado"],
  ["SENTRY_DSN", `https://${hex}@o1.ingest.sentry.io/1`],
  ["STRIPE_PUBLISHABLE_KEY", `pk_live_${letters.slice(0, 24)}`],
  ["RECAPTCHA_SITE_KEY", "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI"],
  ["PARTITION_KEY", "userId"],
  ["KEY_PREFIX", "app:prod:"],
  ["CLOUDFRONT_KEY_PAIR_ID", "K2JCJMDEHXQW5F"],
  ["SUBNETS", "subnet-0a1b2c3d4e5f67890,subnet-0a1b2c3d4e5f67891"],
  ["S3_BUCKET", "acme-prod-uploads-7f3a2b1c"],
  ["INTEGRITY", "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"],
  ["TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
  ["STATE_MACHINE", "arn:aws:states:us-east-1:123456789012:stateMachine:ProcessOrdersV2Prod"],
  ["LOGO", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="],
  ["CHAIN_CONTRACT", "0xdAC17F958D2ee523a2206206994597C13D831ec7"],
  ["SECRETS_BACKEND", "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend"],
  ["DD_INSTANCES", '[{"host":"%%host%%","password":"%%env_DB_PASSWORD%%"}]'],
  ["CONFIG", '{"passwordPolicy":{"minLength":8},"tokenTtl":"15m","auth":"oauth2"}'],
  ["JAVA_TOOL_OPTIONS", "-javaagent:/opt/dd.jar -Ddd.profiling.enabled=true -Djavax.net.ssl.trustStore=/etc/cacerts"],
  ["OTEL_RESOURCE_ATTRIBUTES", "service.name=web,deployment.environment=prod"],
  ["CRON", "0 */5 * * *"],
];

for (const [name, value] of harmless) {
  test(`${name}=${value.slice(0, 24)} is left alone`, async () => {
    assert.deepEqual(await findPlaintextSecrets(withVariable(name, value)), []);
  });
}

/** Commands and how many of their words are found. */
const commands: readonly (readonly [found: number, ...words: string[]])[] = [
  [1, "redis-cli", "-a", "hunter2", "ping"],
  [1, "CMD", "mysqladmin", "ping", "-uroot", "-phunter2"],
  [1, "CMD-SHELL", "mysqladmin ping -h localhost -u root -phunter2 || exit 1"],
  [1, "CMD-SHELL", "curl -u admin:hunter2 http://localhost:9200/_cluster/health"],
  [1, "mongosh", "-u", "root", "-p", "hunter2"],
  [1, "sh", "-c", "PGPASSWORD=hunter2 pg_dump -h db app"],
  [1, "sh", "-c", "curl -H 'X-Api-Key: hunter2hunter2' https://example.com"],
  [1, "java", "-Dspring.datasource.password=hunter2", "-jar", "app.jar"],
  [1, "traefik", "--providers.redis.password=hunter2"],
  [1, "vault", "login", `hvs.${letters}`],
  [0, "redis-cli", "-a", "$" + "{REDIS_PASSWORD}"],
  [0, "CMD-SHELL", "mysqladmin ping -p$MYSQL_ROOT_PASSWORD"],
  [0, "sh", "-c", 'mysql -p"$MYSQL_ROOT_PASSWORD" < /init.sql'],
  [0, "curl", "-u", "$" + "{USER}:$" + "{PASS}", "http://example.com"],
  [0, "mysqladmin", "ping", "-h", "localhost"],
  [0, "CMD-SHELL", "curl -f http://localhost/health || exit 1"],
  [0, "sh", "-c", "mkdir -p /data && exec app"],
  [0, "app", "-p", "8080:80"],
  [0, "psql", "-U", "app", "-p", "5432"],
  [0, "gunicorn", "-b", "0.0.0.0:8000", "--keyfile", "/certs/key.pem"],
  [0, "grep", "-a", "password"],
  [0, "nginx", "-g", "daemon off;"],
];

for (const [count, ...command] of commands) {
  test(`${JSON.stringify(command)} has ${count} secrets`, async () => {
    const found = await findPlaintextSecrets({ containerDefinitions: [{ name: "web", command }] });
    assert.equal(found.length, count, JSON.stringify(found));
  });
}

function withVariable(name: string, value: string) {
  return { containerDefinitions: [{ name: "web", environment: [{ name, value }] }] };
}
