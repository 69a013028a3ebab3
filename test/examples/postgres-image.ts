import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { HostImage } from "./host-image.ts";

const installed = "/usr/lib/postgresql";

/** The PostgreSQL of this machine, by Debian's package; `undefined` where there is none. */
const version = existsSync(installed) ? readdirSync(installed).sort().at(-1) : undefined;

const bin = join(installed, String(version), "bin");

/** The files of a PostgreSQL that runs, and of its clients. */
export const postgresFiles: Pick<HostImage, "programs" | "files" | "path"> = {
  programs: ["/bin/bash", ...["postgres", "initdb", "psql", "pg_isready"].map((name) => join(bin, name))],
  files: [
    ...["dict_snowball.so", "plpgsql.so"].map((name) => join(installed, String(version), "lib", name)),
    ...["postgres.bki", "timezonesets", "tsearch_data", "extension"].map(
      (name) => `/usr/share/postgresql/${version}/${name}`,
    ),
    ...sql(),
    "/usr/share/zoneinfo/UTC",
  ],
  path: [bin],
};

function sql(): readonly string[] {
  const share = `/usr/share/postgresql/${version}`;
  if (!existsSync(share)) return [];
  return readdirSync(share)
    .filter((name) => /\.(sql|sample|txt)$|^(sql_features|catalog_version)/.test(name))
    .map((name) => join(share, name));
}

/** As the official image's: the password from a variable or a file, read as root, before the server runs as another user. */
const entryPoint = `#!/bin/bash
set -e
password=$POSTGRES_PASSWORD
[ -z "$POSTGRES_PASSWORD_FILE" ] || password=$(cat "$POSTGRES_PASSWORD_FILE")
[ -n "$password" ] || { echo "POSTGRES_PASSWORD is not given" >&2; exit 1; }
user=\${POSTGRES_USER:-postgres}
database=\${POSTGRES_DB:-$user}
data=/var/lib/postgresql/data
mkdir -p $data /var/run/postgresql
printf %s "$password" > /run/pwfile
chown -R postgres:postgres $data /var/run/postgresql /run/pwfile
chmod 700 $data
su postgres -s /bin/sh -c "initdb --pgdata=$data --username=$user --pwfile=/run/pwfile --auth-local=trust --auth-host=scram-sha-256 --locale=C --no-sync" > /dev/null
rm /run/pwfile
echo "host all all all scram-sha-256" >> $data/pg_hba.conf
[ "$database" = postgres ] || echo "create database \\"$database\\"" | su postgres -s /bin/sh -c "postgres --single -D $data postgres" > /dev/null
unset POSTGRES_PASSWORD password
exec su postgres -s /bin/sh -c "exec postgres -D $data -c listen_addresses=* -c fsync=off"
`;

/** A real PostgreSQL under the official image's name. */
export const postgresImage: HostImage = {
  ...postgresFiles,
  name: "postgres:17-bookworm",
  scripts: { "/usr/local/bin/docker-entrypoint.sh": entryPoint },
  entryPoint: "docker-entrypoint.sh",
};

/** The reason to skip a test that needs it; `false` where it is installed. */
export const skipWithoutPostgres: string | false = existsSync(join(bin, "initdb"))
  ? false
  : `${installed} is not there`;
