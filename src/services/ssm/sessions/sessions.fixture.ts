import { SSM } from "@aws-sdk/client-ssm";
import { databases } from "../../../../test/support/databases.ts";
import { inProcess } from "../../../../test/support/in-process.ts";
import type { Access } from "../../../model/call.ts";
import { joinExecSession, openExecSession } from "../../ecs/exec/open.ts";
import { execSessions } from "../../ecs/index.ts";
import { openPlain, startFakeAgent } from "../../ecs/test-support.fixture.ts";
import { ssmService } from "../service.ts";
import { openSsm } from "../ssm.fixture.ts";

/** Systems Manager beside ECS, with a session that a client and the agent have joined. */
export async function openSessions() {
  const [kind] = databases();
  const stack = new AsyncDisposableStack();
  const own = stack.use(await openPlain());
  const other = openSsm(stack.use(await kind!.open()));
  const { ecs, context, clock } = own;
  await ecs.registerTaskDefinition({ family: "exec", containerDefinitions: [{ name: "app", image: "x", memory: 64 }] });
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "exec", enableExecuteCommand: true });
  const task = tasks![0]!.taskArn!;
  await agent.obey();
  const managedAgents = [{ containerName: "app", managedAgentName: "ExecuteCommandAgent" as const, status: "RUNNING" }];
  const containers = [{ containerName: "app", runtimeId: "docker-id", status: "RUNNING" }];
  await ecs.submitTaskStateChange({ cluster: "default", task, status: "RUNNING", containers, managedAgents });
  const { session } = await ecs.executeCommand({ task, command: "sh", interactive: true });
  const { sessionId = "", tokenValue = "" } = session ?? {};

  const asked: Access[] = [];
  const service = ssmService({ ...other.context, sessions: execSessions(context) });
  const configuration = inProcess([service], {
    clock,
    authorize: async (_call, access) => void asked.push(access),
  });
  return {
    ...{ sessionId, agent, asked, context, clock, task },
    ssm: new SSM(configuration),
    ssmIn: (region: string) => new SSM({ ...configuration, region }),
    /** A client shows a token; then the agent joins it. */
    async connect(token = tokenValue) {
      const opened = await openExecSession(context, sessionId, token);
      return opened && (await joinExecSession(context, opened)) ? opened : undefined;
    },
    state: async () => (await context.store.exec.find(sessionId))?.state,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
