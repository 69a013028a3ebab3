import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "../../../../test/support/refused.ts";
import { pauseExecSession, terminateExecSession } from "../../ecs/exec/open.ts";
import { longestPause, tokenLifetime } from "../../ecs/exec/session.ts";
import { openSessions } from "../sessions/sessions.fixture.ts";

test("ResumeSession gives a client whose connection was lost a token, with which the agent joins again", async () => {
  await using own = await openSessions();
  const { ssm, sessionId: SessionId, context, agent } = own;
  const first = await own.connect();
  await pauseExecSession(context, first!);
  assert.equal(await own.state(), "PAUSED");
  const { $metadata: _, TokenValue, StreamUrl, ...rest } = await ssm.resumeSession({ SessionId });
  assert.deepEqual(rest, { SessionId });
  assert.match(StreamUrl ?? "", new RegExp(`^ws://.*/v1/data-channel/${SessionId}\\?role=publish_subscribe$`));
  assert.ok(await own.connect(TokenValue));
  assert.equal(await own.connect(TokenValue), undefined, "a token is good once");
  await agent.session().idle();
  const orders = agent.messages("ExecuteCommandMessage").map(({ resumes }) => resumes);
  assert.deepEqual([orders.at(0), orders.at(-1)], [undefined, true]);
  // What the first connection tells late changes nothing.
  await pauseExecSession(context, first!);
  assert.equal(await own.state(), "JOINED");
});

test("ResumeSession also helps a client that has noticed the loss before the server", async () => {
  await using own = await openSessions();
  await own.connect();
  const { TokenValue } = await own.ssm.resumeSession({ SessionId: own.sessionId });
  assert.ok(await own.connect(TokenValue));
});

test("ResumeSession gives no token where the session has ended, or its program has not begun", async () => {
  await using own = await openSessions();
  const { ssm, sessionId: SessionId, context } = own;
  const tokenOf = async () => (await ssm.resumeSession({ SessionId })).TokenValue;
  assert.equal(await tokenOf(), undefined, "it has not begun");
  const opened = await own.connect();
  const TokenValue = await tokenOf();
  own.clock.advance(tokenLifetime);
  assert.equal(await own.connect(TokenValue), undefined, "the token has expired");
  await pauseExecSession(context, opened!);
  own.clock.advance(longestPause);
  await context.store.exec.deleteExpired(own.clock.now().getTime());
  await assertRefused(ssm.resumeSession({ SessionId }), "DoesNotExistException");
});

test("ResumeSession gives no token after TerminateSession", async () => {
  await using own = await openSessions();
  const opened = await own.connect();
  await terminateExecSession(own.context, opened!.session);
  assert.equal((await own.ssm.resumeSession({ SessionId: own.sessionId })).TokenValue, undefined);
});

test("ResumeSession asks for the session, with the tags of Session Manager", async () => {
  await using own = await openSessions();
  const { ssm, sessionId: SessionId, asked, task } = own;
  await ssm.resumeSession({ SessionId });
  const [, cluster, id] = task.split("/");
  assert.deepEqual(asked, [
    {
      action: "ssm:ResumeSession",
      resource: `arn:aws:ssm:us-east-1:111122223333:session/${SessionId}`,
      conditions: {
        "ssm:resourceTag/aws:ssmmessages:session-id": "111122223333",
        "ssm:resourceTag/aws:ssmmessages:target-id": `ecs:${cluster}_${id}_docker-id`,
      },
    },
  ]);
});

test("ResumeSession knows no session of another account or region", async () => {
  await using own = await openSessions();
  const { sessionId: SessionId } = own;
  await assertRefused(own.ssmIn("eu-west-1").resumeSession({ SessionId }), "DoesNotExistException", /does not exist/);
  await assertRefused(own.ssm.resumeSession({ SessionId: "another" }), "DoesNotExistException");
  await assertRefused(own.ssm.resumeSession({ SessionId: "" }), "ValidationException");
});
