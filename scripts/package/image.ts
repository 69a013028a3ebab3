/**
 * Makes a container image without a registry: a tar for `docker load`, of the package, Node.js and the libraries that it needs.
 * `node scripts/package/image.ts [file]`
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Pack, pack } from "tar-stream";
import manifest from "../../package.json" with { type: "json" };
import { bundleWithConsole, root } from "./bundle.ts";

const { version } = manifest;
const tag = `sealift:${version}`;
const [file = join(root, `sealift-${version}.image.tar`)] = process.argv.slice(2);

/** Whoever is not root still needs a name, and the data a folder that is theirs. */
const user = { name: "sealift", id: 1000 };
const data = "/var/lib/sealift";
const authorities = "/etc/ssl/certs/ca-certificates.crt";

/** Succeeds once the server answers, wherever it listens. */
const healthCheck = `
const { endpoint } = JSON.parse(fs.readFileSync(path.join(process.env.SEALIFT_DATA, "address.json"), "utf8"));
const { headers } = await fetch(endpoint);
process.exit(headers.has("x-amzn-requestid") ? 0 : 1);`;

const layer = await buffer(await rootFilesystem());
const diff = `sha256:${createHash("sha256").update(layer).digest("hex")}`;
// As `npm run sealift` starts it: a variable, the program, its flags.
const [variable = "", , ...flags] = manifest.scripts.sealift.split(" src/")[0]?.split(" ") ?? [];
const config = JSON.stringify({
  architecture: process.arch === "arm64" ? "arm64" : "amd64",
  os: "linux",
  config: {
    User: String(user.id),
    Env: ["PATH=/usr/local/bin", `SEALIFT_DATA=${data}`, `HOME=${data}`, variable],
    Entrypoint: ["/usr/local/bin/node", ...flags, "/app/sealift.js"],
    Cmd: ["up"],
    Volumes: { [data]: {} },
    ExposedPorts: { "4566/tcp": {} },
    StopSignal: "SIGTERM",
    // Nanoseconds.
    Healthcheck: {
      Test: [
        "CMD",
        "/usr/local/bin/node",
        "--input-type=module",
        "-e",
        `import fs from "node:fs"; import path from "node:path";${healthCheck}`,
      ],
      Interval: 10e9,
      Timeout: 5e9,
      StartPeriod: 30e9,
    },
  },
  rootfs: { type: "layers", diff_ids: [diff] },
  history: [{ created_by: "sealift" }],
});
const configName = `${createHash("sha256").update(config).digest("hex")}.json`;
const image = pack();
const written = pipeline(image, createWriteStream(resolve(file)));
image.entry({ name: configName }, config);
image.entry({ name: "layer.tar" }, layer);
image.entry(
  { name: "manifest.json" },
  JSON.stringify([{ Config: configName, RepoTags: [tag], Layers: ["layer.tar"] }]),
);
image.finalize();
await written;
process.stdout.write(`${resolve(file)}\ndocker load -i it, and it is ${tag}\n`);

async function rootFilesystem(): Promise<Pack> {
  const tar = pack();
  const made = mkdtempSync(join(tmpdir(), "sealift-image-"));
  try {
    await bundleWithConsole(made);
    for (const name of ["tmp", "etc", "app", "usr", "usr/local", "usr/local/bin", "var", "var/lib"]) {
      tar.entry({ name, type: "directory", mode: name === "tmp" ? 0o1777 : 0o755 });
    }
    tar.entry({ name: data.slice(1), type: "directory", mode: 0o700, uid: user.id, gid: user.id });
    tar.entry({ name: "etc/passwd" }, `root:x:0:0::/:\n${user.name}:x:${user.id}:${user.id}::${data}:\n`);
    tar.entry({ name: "etc/group" }, `root:x:0:\n${user.name}:x:${user.id}:\n`);
    if (existsSync(authorities)) tar.entry({ name: authorities.slice(1) }, readFileSync(authorities));
    for (const path of [process.execPath, ...librariesOf(process.execPath)]) {
      const name = path === process.execPath ? "usr/local/bin/node" : path.slice(1);
      tar.entry({ name, mode: 0o755 }, readFileSync(path));
    }
    for (const name of readdirSync(made, { recursive: true, encoding: "utf8" })) {
      const path = join(made, name);
      if (statSync(path).isFile()) tar.entry({ name: `app/${name}`, mode: 0o644 }, readFileSync(path));
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  tar.finalize();
  return tar;
}

/** The paths at which the loader of this machine finds what the program is linked with, the loader's own among them. */
function librariesOf(program: string): readonly string[] {
  const text = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...text.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].map(([, path = ""]) => path);
}
