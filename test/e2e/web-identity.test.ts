import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { systemClock } from "../../src/clock.ts";
import { awsCli, findAwsClis } from "../support/aws-cli.ts";
import { policy } from "../support/clients.ts";
import { databases } from "../support/databases.ts";
import { gitHubClaims, identityProvider } from "../support/identity-provider.ts";
import { testAccount, testRegion } from "../support/in-process.ts";
import { skipUnless } from "../support/require.ts";
import { served } from "../support/served.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const run = promisify(execFile);
const RoleArn = `arn:aws:iam::${testAccount}:role/deploy`;

/** An identity provider on this machine, behind a socket. */
async function localProvider() {
  let port = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await provider
        .fetch(`http://127.0.0.1:${port}${request.url}`)
        .catch(() => new Response("", { status: 404 }));
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  const provider = await identityProvider(`http://127.0.0.1:${port}/tenant`, () => systemClock.now());
  return { ...provider, url: `127.0.0.1:${port}/tenant`, [Symbol.asyncDispose]: async () => void server.close() };
}

for (const kind of databases()) {
  async function setUp() {
    const resources = new AsyncDisposableStack();
    const provider = resources.use(await localProvider());
    const { issuer, url } = provider;
    const directory = resources.use(await throwAwayDirectory());
    const context = resources.use(await served(await kind.open()));
    const registered = { Url: issuer, ClientIDList: ["sts.amazonaws.com"] };
    await context.as().iam.createOpenIDConnectProvider(registered);
    const trust = {
      ...{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" },
      Principal: { Federated: `arn:aws:iam::${testAccount}:oidc-provider/${url}` },
      Condition: { StringEquals: { [`${url}:sub`]: gitHubClaims.sub } },
    };
    await context.as().iam.createRole({ RoleName: "deploy", AssumeRolePolicyDocument: policy(trust) });
    const token = await provider.token({ claims: gitHubClaims });
    const file = join(directory.path, "token");
    await writeFile(file, token);
    const variables = {
      ...{ AWS_ROLE_ARN: RoleArn, AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_SESSION_NAME: "actions" },
      // The CLI keeps sessions there, and would take another server's.
      HOME: directory.path,
    };
    return { context, provider, token, variables, [Symbol.asyncDispose]: () => resources.disposeAsync() };
  }
  const session = `arn:aws:sts::${testAccount}:assumed-role/deploy/actions`;

  test(`an SDK client gets its credentials by AWS_WEB_IDENTITY_TOKEN_FILE (${kind.name})`, {
    timeout: 60_000,
  }, async () => {
    await using setup = await setUp();
    const { context, variables } = setup;
    const program = `
      const { STS } = await import("@aws-sdk/client-sts");
      console.log((await new STS({ maxAttempts: 1 }).getCallerIdentity({})).Arn);`;
    const env = {
      ...{ PATH: process.env.PATH, AWS_ENDPOINT_URL: context.endpoint, AWS_REGION: testRegion },
      ...{ AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_EC2_METADATA_DISABLED: "true" },
      ...variables,
    };
    const cwd = join(import.meta.dirname, "../..");
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { env, cwd });
    assert.equal(stdout.trim(), session);
    assert.deepEqual(context.failures, []);
  });

  const skip = await skipUnless("aws");
  test(`aws sts assume-role-with-web-identity, and a token's file (${kind.name})`, {
    skip,
    timeout: 60_000,
  }, async () => {
    await using setup = await setUp();
    const { context, provider, token, variables } = setup;
    const access = { endpoint: context.endpoint, region: testRegion, credentials: context.root };
    for (const cli of await findAwsClis()) {
      const aws = awsCli(cli, access, {});
      const assume = (given: string) =>
        aws<{ Provider: string; AssumedRoleUser: { Arn: string }; SubjectFromWebIdentityToken: string }>(
          ...["sts", "assume-role-with-web-identity", "--no-sign-request", "--role-arn", RoleArn],
          ...["--role-session-name", "actions", "--web-identity-token", given],
        );
      const answer = await assume(token);
      assert.deepEqual(
        [answer.AssumedRoleUser.Arn, answer.SubjectFromWebIdentityToken, answer.Provider],
        [session, gitHubClaims.sub, `arn:aws:iam::${testAccount}:oidc-provider/${provider.url}`],
      );
      await assert.rejects(assume("no.jwt"), { code: "InvalidIdentityToken", message: /not a valid JWT/ });
      const other = await provider.token({ claims: { ...gitHubClaims, sub: "repo:octo-org/other:ref:x" } });
      await assert.rejects(assume(other), {
        ...{ code: "AccessDenied", message: "Not authorized to perform sts:AssumeRoleWithWebIdentity" },
      });
      const byFile = awsCli(cli, access, variables);
      assert.equal((await byFile<{ Arn: string }>("sts", "get-caller-identity")).Arn, session);
    }
    assert.deepEqual(context.failures, []);
  });
}
