import assert from "node:assert/strict";
import { assertRefused, testEcr } from "../ecr.fixture.ts";

testEcr("GetAuthorizationToken gives who asked for twelve hours", async ({ ecr, context, state, clock }) => {
  const { authorizationData } = await ecr.getAuthorizationToken({});
  const { authorizationToken = "", expiresAt, proxyEndpoint } = authorizationData![0]!;
  const [user, password = ""] = Buffer.from(authorizationToken, "base64").toString().split(":");
  assert.equal(user, "AWS");
  assert.match(proxyEndpoint!, /^http:\/\//);
  assert.equal(Math.floor(expiresAt!.getTime() / 1000), Math.floor(clock.now().getTime() / 1000) + 12 * 60 * 60);
  const asked = context.tokens.open(password)!;
  assert.deepEqual([asked.principal, asked.account, asked.region], [state.principal, "111122223333", "us-east-1"]);
  assert.equal(context.tokens.open(`${password.slice(0, -4)}AAAA`), undefined);
  const other = await ecr.getAuthorizationToken({ registryIds: ["444455556666"] });
  const [, foreign = ""] = Buffer.from(other.authorizationData![0]!.authorizationToken!, "base64")
    .toString()
    .split(":");
  assert.equal(context.tokens.open(foreign)?.account, "444455556666");
});

testEcr("GetAuthorizationToken says what is missing where no registry runs", async ({ unkept }) => {
  await assertRefused(
    unkept.getAuthorizationToken({}),
    "ServerException",
    /apt-get install docker-registry.*--registry$/,
  );
});
