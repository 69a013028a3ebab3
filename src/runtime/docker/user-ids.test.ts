import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import { userIds } from "./user-ids.ts";

/** An Engine with one image, whose `/etc/passwd` is the archive's first entry. */
function engineWith(header: Partial<tar.Header> & { readonly name: string }, contents = "") {
  const seen = { read: 0, removed: 0 };
  const container = {
    async getArchive() {
      const pack = tar.pack();
      if (contents !== "") {
        pack.entry(header, contents);
        pack.finalize();
      } else pack.entry(header);
      return Readable.from(count(pack as AsyncIterable<Buffer>));
    },
    async remove() {
      seen.removed++;
    },
  };
  async function* count(pack: AsyncIterable<Buffer>) {
    for await (const part of pack) {
      seen.read += part.length;
      yield part;
    }
  }
  const docker = {
    getImage: () => ({ inspect: async () => ({ Id: "sha256:1", Config: { User: "" } }) }),
    createContainer: async () => ({ id: "container" }),
    getContainer: () => container,
  } as unknown as Dockerode;
  return { users: userIds({ connect: async () => docker, prefix: "test" }), seen };
}

const passwd = { name: "passwd", type: "file" } as const;

test("userIds finds a user in the image's file, and leaves no container", async () => {
  const { users, seen } = engineWith(passwd, "root:x:0:0::/:/bin/sh\napp:x:1001:1001::/:/bin/sh\n");
  assert.equal(await users.find("image", "app:app"), 1001);
  assert.equal(seen.removed, 1);
});

test("userIds reads no file of users that is too large, and says so", async () => {
  const { users, seen } = engineWith({ ...passwd, size: 2 ** 40 });
  await assert.rejects(users.find("image", "app"), {
    name: "CannotCreateContainerError",
    message: /the image's \/etc\/passwd has 1099511627776 bytes, and no more than 4194304 are read/,
  });
  assert.deepEqual([seen.read, seen.removed], [512, 1]);
});
