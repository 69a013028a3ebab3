import assert from "node:assert/strict";
import { test } from "node:test";
import { connectDocker } from "../support/docker.ts";
import { skipUnless } from "../support/require.ts";
import { until } from "../support/until.ts";
import { openExample } from "./example.ts";
import { type HostImage, importHostImage } from "./host-image.ts";
import { postgresFiles, postgresImage, skipWithoutPostgres } from "./postgres-image.ts";

const skip = (await skipUnless("docker", "aws")) || skipWithoutPostgres;

/** As far as the definition concerns it: it needs the database, with the password, and then says that it is ready. */
const kc = `#!/bin/bash
[ "$1" = start-dev ] && [ -n "$KC_BOOTSTRAP_ADMIN_PASSWORD" ] || exit 2
url=\${KC_DB_URL#jdbc:postgresql://}
export PGPASSWORD=$KC_DB_PASSWORD
psql --host "\${url%%/*}" --dbname "\${url#*/}" --username "$KC_DB_USERNAME" --command 'create table realm (name text)' || exit 1
mkdir -p /www/health && echo '{ "status": "UP" }' > /www/health/ready
httpd -p 9000 -h /www
echo "Created temporary admin user with username $KC_BOOTSTRAP_ADMIN_USERNAME"
trap 'exit 0' TERM
while :; do sleep 1 & wait $!; done
`;

const image: HostImage = {
  ...postgresFiles,
  name: "quay.io/keycloak/keycloak:26.4.2",
  // The shell of the real image is bash, by which the health check speaks HTTP.
  links: { "/bin/sh": "/bin/bash" },
  scripts: { "/opt/keycloak/bin/kc.sh": kc },
  entryPoint: "/opt/keycloak/bin/kc.sh",
};

test("examples/keycloak: it waits for its database, logs in with the secret's password and becomes healthy", {
  skip,
  timeout: 480_000,
}, async () => {
  const docker = await connectDocker();
  await importHostImage(docker, postgresImage);
  await importHostImage(docker, image);
  await using example = await openExample("keycloak");
  const { ecs, logs } = example.clients;
  await example.script("setup.sh");
  await example.stable("keycloak");
  const { taskArns: tasks } = await ecs.listTasks({ serviceName: "keycloak" });
  const areHealthy = async () => {
    const { tasks: [task] = [] } = await ecs.describeTasks({ tasks });
    return task?.containers?.every(({ healthStatus }) => healthStatus === "HEALTHY");
  };
  await until("both containers are healthy", areHealthy, { seconds: 90, pause: 500 });
  const read = async () => {
    const { events = [] } = await logs.filterLogEvents({ logGroupName: "/ecs/keycloak" });
    const lines = events.map(({ message }) => message);
    return lines.length >= 2 ? lines : undefined;
  };
  const lines = await until("its lines are in the log group", read);
  assert.deepEqual(lines, ["CREATE TABLE", "Created temporary admin user with username admin"]);
});
