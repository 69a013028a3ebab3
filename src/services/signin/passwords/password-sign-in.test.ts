import assert from "node:assert/strict";
import { test } from "node:test";
import { randomIds } from "../../../ids.ts";
import type { Signin } from "../context.ts";
import { passwordSignIn } from "./password-sign-in.ts";
import type { UnsignedCall } from "./unsigned-call.ts";

test("no more than four passwords are looked at together, however many come at once", async () => {
  const counting = Promise.withResolvers<undefined>();
  let counted = 0;
  const context = {
    ids: randomIds,
    account: "111122223333",
    partition: "aws",
    iam: { account: { findByAlias: async () => undefined } },
    attempts: {
      count() {
        counted++;
        return counting.promise;
      },
    },
    events: { write: async () => {} },
  } as unknown as Signin;
  const signIn = passwordSignIn(context);
  const call = { time: new Date(), region: "us-east-1", sourceIp: "127.0.0.1", userAgent: "", host: "a" };
  const attempts = Array.from({ length: 12 }, (_, index) =>
    signIn({ accountId: "no-such", userName: `user-${index}`, password: "x" }, call as UnsignedCall).catch(
      ({ shape }) => shape,
    ),
  );
  assert.deepEqual(await Promise.all(attempts.slice(4)), Array(8).fill("TooManyRequestsError"));
  assert.equal(counted, 4);
  counting.resolve(undefined);
  assert.deepEqual(await Promise.all(attempts.slice(0, 4)), Array(4).fill("AccessDeniedException"));
});
