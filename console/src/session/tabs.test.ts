import assert from "node:assert/strict";
import { test } from "node:test";
import { identityOf, type Session } from "./session.ts";
import { SessionStore } from "./store.ts";
import { serveTabs, signOutEverywhere } from "./tabs.ts";

const session: Session = {
  identity: identityOf("arn:aws:iam::123456789012:user/me"),
  credentials: { accessKeyId: "a", secretAccessKey: "s" },
  expiresAt: Date.now() + 900_000,
  renewal: { kind: "refresh-token", refreshToken: "r" },
  base: undefined,
};

test("a sign-out reaches the other tabs, also those whose session has expired", { timeout: 10_000 }, async (t) => {
  const [first, signedIn, expired] = [1, 2, 3].map(() => new SessionStore("eu-west-1"));
  assert.ok(first && signedIn && expired);
  for (const store of [first, signedIn, expired]) {
    store.signIn(session);
    t.after(serveTabs(store));
    t.after(() => store.signOut());
  }
  expired.expire(session);
  const others = [signedIn, expired].map((store) => new Promise<void>((resolve) => store.subscribe(resolve)));
  signOutEverywhere(first);
  await Promise.all(others);
  assert.deepEqual(
    [first, signedIn, expired].map((store) => store.get().kind),
    ["signed-out", "signed-out", "signed-out"],
  );
});
