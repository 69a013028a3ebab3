import type { ECS, GetTaskProtectionCommandOutput, UpdateTaskProtectionCommandOutput } from "@aws-sdk/client-ecs";
import type { RoleCredentials } from "../../acs/protocol.ts";
import { defined } from "../../defined.ts";
import type { Endpoints } from "../link/endpoints.ts";

/** A task's protection from scale-in, read and set with the session of the task's own role. Rejects as the SDK does. */
export interface TaskProtection {
  get(session: RoleCredentials, task: string): Promise<GetTaskProtectionCommandOutput>;
  update(session: RoleCredentials, task: string, wanted: WantedProtection): Promise<UpdateTaskProtectionCommandOutput>;
}

export interface WantedProtection {
  readonly protectionEnabled: boolean;
  readonly expiresInMinutes?: number;
}

/** Milliseconds for each call, less than clients of the endpoint wait. */
const patience = 4_000;

export function taskProtection(options: {
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly cluster: string;
}): TaskProtection {
  const { endpoints, region, cluster } = options;

  async function call<T>(
    session: RoleCredentials,
    work: (ecs: ECS, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { ECS } = await import("@aws-sdk/client-ecs");
    const signal = AbortSignal.timeout(patience);
    const { accessKeyId, secretAccessKey, sessionToken } = session;
    const credentials = { accessKeyId, secretAccessKey, sessionToken };
    return endpoints.call(async (endpoint) => {
      const client = new ECS({ region, credentials, maxAttempts: 1, ...defined({ endpoint }) });
      try {
        return await work(client, signal);
      } finally {
        client.destroy();
      }
    });
  }

  return {
    get: (session, task) =>
      call(session, (ecs, abortSignal) => ecs.getTaskProtection({ cluster, tasks: [task] }, { abortSignal })),
    update: (session, task, wanted) =>
      call(session, (ecs, abortSignal) =>
        ecs.updateTaskProtection({ cluster, tasks: [task], ...wanted }, { abortSignal }),
      ),
  };
}
