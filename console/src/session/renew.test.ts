import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { DOMParser } from "@xmldom/xmldom";
import { assumed } from "./renew.ts";
import { identityOf, type Session } from "./session.ts";
import { SessionStore } from "./store.ts";

const role = "arn:aws:iam::123456789012:role/r";

/** A server whose STS answers with these statuses, one after the other; tells the refresh tokens and access keys that it got. */
function serve(t: TestContext, statuses: readonly number[]) {
  const got: string[] = [];
  const left = [...statuses];
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  const xml = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>role</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
    <SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  t.mock.method(globalThis, "fetch", async (url: URL, init: RequestInit) => {
    if (url.pathname === "/v1/token") {
      const { refreshToken } = JSON.parse(String(init.body));
      got.push(refreshToken);
      const accessToken = { accessKeyId: `key-of-${refreshToken}`, secretAccessKey: "s", sessionToken: "t" };
      return Response.json({ accessToken, expiresIn: 900, refreshToken: `after-${refreshToken}` });
    }
    const { authorization = "" } = init.headers as Record<string, string>;
    got.push(/Credential=([^/]+)/.exec(authorization)?.[1] ?? "");
    return new Response(xml, { status: left.shift() ?? 200 });
  });
  return got;
}

/** Signed in with credentials that ended a minute ago. */
function endedSession(): Session {
  return {
    identity: identityOf("arn:aws:iam::123456789012:user/me"),
    credentials: { accessKeyId: "old", secretAccessKey: "s" },
    expiresAt: Date.now() - 60_000,
    renewal: { kind: "refresh-token", refreshToken: "first" },
    base: undefined,
  };
}

Object.assign(globalThis, { location: { origin: "http://sealift.test:4566" } });
Object.assign(globalThis, {
  DOMParser: class {
    readonly #parser = new DOMParser();
    parseFromString(text: string, type: string) {
      const { documentElement } = this.#parser.parseFromString(text, type);
      return { documentElement, getElementsByTagName: () => [] };
    }
  },
});

test("assumed renews the session whose credentials have ended, and uses a refresh token once", async (t) => {
  const got = serve(t, [500, 200]);
  const base = endedSession();
  await assert.rejects(assumed(base, role, "me", "eu-west-1"));
  const session = await assumed(base, role, "me", "eu-west-1");
  assert.deepEqual(got, ["first", "key-of-first", "key-of-first"]);
  assert.deepEqual(session.base?.renewal, { kind: "refresh-token", refreshToken: "after-first" });
});

test("switchBack goes to the session below the role, with credentials that have not ended, and not after a sign-out", async (t) => {
  const got = serve(t, []);
  const store = new SessionStore("eu-west-1");
  t.after(() => store.signOut());
  const base = endedSession();
  const inRole = await assumed(base, role, "me", "eu-west-1");
  store.signIn(inRole);
  await store.switchBack(base);
  const state = store.get();
  assert.ok(state.kind === "signed-in" && state.session.expiresAt > Date.now());
  assert.equal(state.session.credentials.accessKeyId, "key-of-first");
  assert.deepEqual(got, ["first", "key-of-first"]);
  store.signIn(inRole);
  const switched = store.switchBack(base);
  store.signOut();
  await switched;
  assert.equal(store.get().kind, "signed-out");
});
