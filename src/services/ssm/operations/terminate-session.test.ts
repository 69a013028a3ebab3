import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused } from "../../../../test/support/refused.ts";
import { pauseExecSession } from "../../ecs/exec/open.ts";
import { openSessions } from "../sessions/sessions.fixture.ts";

test("TerminateSession ends a session, and tells its agent once, also where nobody is connected", async () => {
  await using own = await openSessions();
  const { ssm, sessionId: SessionId, agent, context } = own;
  const opened = await own.connect();
  await pauseExecSession(context, opened!);
  const { $metadata: _, ...answer } = await ssm.terminateSession({ SessionId });
  assert.deepEqual(answer, { SessionId });
  await agent.session().idle();
  assert.deepEqual(
    agent.messages("EndSessionMessage").map(({ sessionId }) => sessionId),
    [SessionId],
  );
  assert.equal(await own.state(), "ENDED");
  await ssm.terminateSession({ SessionId });
  await agent.session().idle();
  assert.equal(agent.messages("EndSessionMessage").length, 1);
});

test("TerminateSession takes a session that no client has opened its token", async () => {
  await using own = await openSessions();
  await own.ssm.terminateSession({ SessionId: own.sessionId });
  assert.equal(await own.connect(), undefined);
});

test("TerminateSession asks for the session, with the tags of Session Manager", async () => {
  await using own = await openSessions();
  await own.ssm.terminateSession({ SessionId: own.sessionId });
  const [access] = own.asked;
  assert.equal(access?.action, "ssm:TerminateSession");
  assert.equal(access?.resource, `arn:aws:ssm:us-east-1:111122223333:session/${own.sessionId}`);
  assert.equal(access?.conditions?.["ssm:resourceTag/aws:ssmmessages:session-id"], "111122223333");
});

test("TerminateSession knows no session of another region, and none of that id", async () => {
  await using own = await openSessions();
  const { sessionId: SessionId } = own;
  await assertRefused(own.ssmIn("eu-west-1").terminateSession({ SessionId }), "DoesNotExistException");
  await assertRefused(own.ssm.terminateSession({ SessionId: "another" }), "DoesNotExistException");
  assert.equal(await own.state(), "ISSUED");
});
