import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { buffer, text } from "node:stream/consumers";
import { promisify } from "node:util";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import { isMissing, streamFailure } from "../../src/runtime/docker/engine-error.ts";

/** Debian's package busybox-static. */
const busybox = "/bin/busybox";

/** The files' folder in the image `httpd`, which AWS's sample task definition expects. */
const documents = "/usr/local/apache2/htdocs";
const foreground = `#!/bin/sh\nexec httpd -f -p "\${PORT:-80}" -h ${documents}\n`;

/**
 * Imports an image with a shell, the usual tools and `httpd-foreground`, without a registry: this machine's static busybox
 * under the name of the image that AWS's sample task definition runs. Resolves to the name.
 */
export async function importHttpdImage(docker: Dockerode, name = "httpd:latest"): Promise<string> {
  if (await isThere(docker, name)) return name;
  const [repo, tag] = name.split(":");
  try {
    const answer = await docker.importImage((await files()) as unknown as NodeJS.ReadableStream, {
      repo,
      tag: tag ?? "latest",
      changes: ["ENV PATH=/usr/local/bin:/bin", 'CMD ["httpd-foreground"]', "EXPOSE 80"],
    });
    const failure = streamFailure(await text(answer));
    if (failure) throw new Error(`could not import ${name}: ${failure}`);
  } catch (error) {
    // Another test's process may have imported it meanwhile.
    if (!(await isThere(docker, name))) throw error;
  }
  return name;
}

async function isThere(docker: Dockerode, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The file system of that image as a tar archive. */
export async function httpdFiles(): Promise<Buffer> {
  return buffer(await files());
}

async function files() {
  const pack = tar.pack();
  for (const name of [
    "bin",
    "etc",
    "tmp",
    "root",
    "usr",
    "usr/local",
    "usr/local/bin",
    "usr/local/apache2",
    documents.slice(1),
  ]) {
    pack.entry({ name: `${name}/`, type: "directory", mode: name === "tmp" ? 0o1777 : 0o755 });
  }
  pack.entry({ name: "bin/busybox", mode: 0o755 }, await readFile(busybox));
  const { stdout } = await promisify(execFile)(busybox, ["--list"]);
  for (const applet of stdout.trim().split("\n")) {
    if (applet !== "busybox") pack.entry({ name: `bin/${applet}`, type: "symlink", linkname: "busybox" });
  }
  pack.entry({ name: "etc/passwd" }, "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n");
  pack.entry({ name: "usr/local/bin/httpd-foreground", mode: 0o755 }, foreground);
  pack.entry({ name: `${documents.slice(1)}/index.html` }, "It works!\n");
  pack.finalize();
  return pack;
}
