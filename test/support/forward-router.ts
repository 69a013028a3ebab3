import { realpath } from "node:fs/promises";
import { dirname } from "node:path";

const node = await realpath(process.execPath);

/** This machine's own Node, where a container has it. */
const binds = [
  `${dirname(node)}:${dirname(node)}:ro`,
  ...["/usr/lib", "/lib", "/lib64"].map((path) => `${path}:${path}:ro`),
];

/**
 * Says what it was given, then listens at a FireLens router's socket and prints, as JSON, each record of the forward protocol.
 * https://github.com/fluent/fluentd/wiki/Forward-Protocol-Specification-v1
 */
const program = `
const { createServer } = require("node:net");
const { readFileSync, statSync } = require("node:fs");
const say = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
for (const path of JSON.parse(process.env.SHOW)) say({ path, text: readFileSync(path, "utf8") });
say({ environment: process.env });
function decode(bytes, at) {
  const kind = bytes[at];
  const text = (start, length) => [bytes.toString("utf8", start, start + length), start + length];
  const many = (count, start) => {
    const found = [];
    for (let index = 0; index < count; index++) {
      const [value, next] = decode(bytes, start);
      found.push(value);
      start = next;
    }
    return [found, start];
  };
  const map = (count, start) => {
    const [found, next] = many(2 * count, start);
    return [Object.fromEntries(found.flatMap((value, index) => (index % 2 ? [] : [[value, found[index + 1]]]))), next];
  };
  if (kind === undefined) throw new RangeError("more is to come");
  if (kind < 0x80) return [kind, at + 1];
  if (kind < 0x90) return map(kind & 15, at + 1);
  if (kind < 0xa0) return many(kind & 15, at + 1);
  if (kind < 0xc0) return text(at + 1, kind & 31);
  if (kind === 0xc0) return [null, at + 1];
  if (kind === 0xc2 || kind === 0xc3) return [kind === 0xc3, at + 1];
  if (kind === 0xd7) return ["time", at + 10];
  if (kind === 0xd3) return [Number(bytes.readBigInt64BE(at + 1)), at + 9];
  if (kind === 0xd2) return [bytes.readInt32BE(at + 1), at + 5];
  if (kind === 0xd9) return text(at + 2, bytes.readUInt8(at + 1));
  if (kind === 0xda) return text(at + 3, bytes.readUInt16BE(at + 1));
  if (kind === 0xde) return map(bytes.readUInt16BE(at + 1), at + 3);
  throw new Error("kind " + kind);
}
createServer((socket) => {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length > 0) {
      try {
        const [[tag, , record], next] = decode(rest, 0);
        say({ tag, ...record });
        rest = rest.subarray(next);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return;
      }
    }
  });
}).listen("/var/run/fluent.sock", () => say({ mode: statSync("/var/run").mode & 0o7777 }));
process.on("SIGTERM", () => process.exit());
`;

/** Members of a payload's container that make it a router: it shows the files, then its variables and the records it gets. */
export function forwardRouter(files: readonly string[]) {
  return {
    command: [node, "-e", program],
    environment: { SHOW: JSON.stringify(files) },
    hostConfig: { Binds: binds },
  };
}
