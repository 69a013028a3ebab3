import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { docker, openDocker, outputOf } from "./engine.fixture.ts";

describe("docker image environment", { skip: await skipUnless("docker"), timeout: 60_000 }, () => {
  const { prefix, finish, specOf } = openDocker("image-environment");
  const regions = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" };
  const unlessInImage = [Object.keys(regions), ["AWS_ENDPOINT_URL"]];
  const command = ["sh", "-c", "env | sort | grep AWS"];

  test("variables that give way are set, all or none, as the image sets none or any", async () => {
    const spec = specOf({ command, environment: { ...regions, AWS_ENDPOINT_URL: "http://here" }, unlessInImage });
    assert.equal(
      await outputOf(await finish(spec)),
      "AWS_DEFAULT_REGION=eu-west-1\nAWS_ENDPOINT_URL=http://here\nAWS_REGION=eu-west-1\n",
    );
    const repo = `${prefix}-region`;
    const base = docker.getContainer(await finish(specOf({ command: ["true"] })));
    await base.commit({ repo, tag: "1", changes: "ENV AWS_DEFAULT_REGION=mars-1" });
    try {
      const image = `${repo}:1`;
      const given = { ...spec, image, name: `${spec.name}-1` };
      assert.equal(await outputOf(await finish(given)), "AWS_DEFAULT_REGION=mars-1\nAWS_ENDPOINT_URL=http://here\n");
      // What the task definition sets wins over the image.
      const { unlessInImage: _, ...own } = { ...given, name: `${spec.name}-2` };
      assert.equal(
        await outputOf(await finish(own)),
        "AWS_DEFAULT_REGION=eu-west-1\nAWS_ENDPOINT_URL=http://here\nAWS_REGION=eu-west-1\n",
      );
    } finally {
      await docker.getImage(`${repo}:1`).remove({ force: true });
    }
  });
});
