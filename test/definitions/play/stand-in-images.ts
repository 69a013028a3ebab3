import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import { streamFailure } from "../../../src/runtime/docker/engine-error.ts";
import type { Definition } from "./corpus.ts";

/** Debian's package busybox-static. */
const busybox = "/bin/busybox";

/** Programs that a health check asks: each says that all is well. */
const probes = ["curl", "wget", "pg_isready", "mysqladmin", "redis-cli", "agent"];
const probe = "#!/bin/sh\necho 'state: LIVE'\n";

/** What every other program is: a service that runs until it is stopped, or a job that is done at once. */
const standIn = `#!/bin/sh
case "$*" in *migrate*) exit 0;; esac
trap 'exit 0' TERM INT
while :; do sleep 1 & wait $!; done
`;

/** As the entry points of official images: without a command, or with options only, the image's own program runs. */
const entryPoint = `#!/bin/sh
case "\${1:--}" in -*) exec stand-in "$@";; esac
exec "$@"
`;

/**
 * Imports one image under the name of every image of the definitions, without a registry: a shell, and a stand-in for each
 * program that they start. What is played is the definitions, not the programs.
 */
export async function importStandIns(docker: Dockerode, definitions: readonly Definition[]): Promise<void> {
  const containers = definitions.flatMap(({ containerDefinitions }) => containerDefinitions ?? []);
  const programs = containers.flatMap(({ entryPoint, command }) => [entryPoint?.[0] ?? "", command?.[0] ?? ""]);
  const names = new Set(programs.filter((name) => /^[a-z/][\w./-]*$/.test(name)));
  const archive = await files([...names]);
  const images = [...new Set(containers.map(({ image }) => image ?? ""))];
  const [first = "", ...others] = images;
  const answer = await docker.importImage(archive as unknown as NodeJS.ReadableStream, {
    ...named(first),
    changes: ["ENV PATH=/usr/local/bin:/bin", 'ENTRYPOINT ["entry-point"]'],
  });
  const failure = streamFailure(await text(answer));
  if (failure) throw new Error(`could not import ${first}: ${failure}`);
  for (const image of others) await docker.getImage(withTag(first)).tag(named(image));
}

function named(image: string): { readonly repo: string; readonly tag: string } {
  const whole = withTag(image);
  const colon = whole.lastIndexOf(":");
  return { repo: whole.slice(0, colon), tag: whole.slice(colon + 1) };
}

function withTag(image: string): string {
  return image.split("/").at(-1)?.includes(":") ? image : `${image}:latest`;
}

async function files(programs: readonly string[]): Promise<tar.Pack> {
  const pack = tar.pack();
  const shell = ["sh", "sleep", "printf", "echo", "grep", "cat", "env", "id", "ls", "test", "mount"];
  for (const name of ["bin", "etc", "tmp", "root", "usr", "usr/local", "usr/local/bin", "var", "var/lib", "run"]) {
    pack.entry({ name: `${name}/`, type: "directory", mode: name === "tmp" ? 0o1777 : 0o755 });
  }
  pack.entry({ name: "bin/busybox", mode: 0o755 }, await readFile(busybox));
  for (const name of shell) pack.entry({ name: `bin/${name}`, type: "symlink", linkname: "busybox" });
  const users = ["root:x:0:0:root:/root:/bin/sh", "www-data:x:33:33:www-data:/:/bin/sh", ""];
  pack.entry({ name: "etc/passwd" }, users.join("\n"));
  pack.entry({ name: "etc/group" }, "root:x:0:\nwww-data:x:33:\n");
  for (const name of probes) pack.entry({ name: `usr/local/bin/${name}`, mode: 0o755 }, probe);
  pack.entry({ name: "healthcheck", mode: 0o755 }, probe);
  pack.entry({ name: "usr/local/bin/stand-in", mode: 0o755 }, standIn);
  pack.entry({ name: "usr/local/bin/entry-point", mode: 0o755 }, entryPoint);
  for (const name of programs) {
    if (shell.includes(name) || probes.includes(name) || name === "/bin/sh") continue;
    const path = name.startsWith("/") ? name.slice(1) : `usr/local/bin/${name}`;
    pack.entry({ name: path, mode: 0o755 }, standIn);
  }
  pack.finalize();
  return pack;
}
