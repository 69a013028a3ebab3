import type { Clock } from "../../clock.ts";
import { newCall } from "../../front-door/new-call.ts";
import { serviceCall } from "../../front-door/service-call.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Access, AccessDecision, Authorize, Call, Principal } from "../../model/call.ts";
import { accessesOf, type Operation } from "../../model/operation.ts";
import type { Trace } from "../../policy/index.ts";
import { authorizer, type Role } from "../../services/iam/index.ts";
import { services } from "../../services/index.ts";
import { type Account, Unseen } from "../account/account.ts";
import { hinge, mayHinge } from "./hinges.ts";
import { mirror } from "./mirror.ts";

/** How a call would end. */
export type DryOutcome<Output> =
  | { readonly outcome: "ok"; readonly output: Output }
  | {
      readonly outcome: "failed";
      readonly error: ApiError;
      /** The decision that denied it, if one did. */
      readonly denied?: AccessDecision;
    }
  | { readonly outcome: "unknown"; readonly unseen: Unseen };

/** A session of a role as ECS makes it for a task, in which calls are tried without being made. */
export interface DrySession {
  /** Finds, decides and runs, as the service does. */
  run<Output = object>(
    service: ServiceName,
    operation: string,
    region: string,
    input: object,
  ): Promise<DryOutcome<Output>>;
  /** Finds and decides only. */
  ask(service: ServiceName, operation: string, region: string, input: object): Promise<DryOutcome<undefined>>;
  /** Decides only, for services that Sealift does not have. */
  may(region: string, access: Access): Promise<DryOutcome<undefined>>;
  /** The session as it would be if the denied access were allowed: what fails next shows. */
  mending(denied: AccessDecision): Promise<DrySession>;
}

export type ServiceName = "secretsmanager" | "ssm" | "ecr" | "logs";

export interface DrySessionOptions {
  readonly account: Account;
  readonly role: Role;
  readonly clock: Clock;
  /** The id of a task, which names the session. */
  readonly taskId: string;
  /** Stands for every value that is not read. */
  readonly placeholder: string;
  /** Decides in place of the role's policies. */
  readonly decide?: (authorize: Authorize) => Authorize;
}

/** Stands in texts for what AWS gives each request. */
export const someRequest = "<request-id>";

export async function drySession(options: DrySessionOptions): Promise<DrySession> {
  const { account, role, clock, taskId, placeholder, decide = (authorize) => authorize } = options;
  const { identity, boundary } = await account.rolePolicies(role);
  const policies = [...identity, ...(boundary ? [boundary] : [])].map(({ text }) => text).join("\n");
  const organization = /aws:(Principal|Resource)Org/i.test(policies) ? await membership(account, policies) : undefined;
  const isHinging = mayHinge(policies);
  /** The decisions of calls that services make on its behalf are among those of the call itself. */
  const hinging = new WeakSet<Call["decisions"]>();
  const engine = authorizer({
    store: {
      effectivePolicies: { find: async () => ({ identity, boundary, tags: role.tags }) },
      policies: { document: async () => undefined },
    },
    ...(organization && { organization }),
  });
  const authorize = decide((call, access) => {
    if (isHinging || mayHinge(access.resourcePolicy?.document ?? "")) hinging.add(call.decisions);
    return engine(call, access);
  });
  const contexts = mirror({ account, authorize, placeholder, policies });

  function callIn(region: string): Call {
    const { partition } = account;
    const request = { headers: { host: "" }, remoteAddress: "", isSecure: account.isAws };
    const ids = { requestId: someRequest, eventId: someRequest };
    return newCall(request, {
      ...ids,
      time: clock.now(),
      partition,
      region,
      principal: principalOf(role, account, taskId),
    });
  }

  async function outcomeOf<Output>(call: Call, work: () => Promise<Output>): Promise<DryOutcome<Output>> {
    let result: DryOutcome<Output>;
    try {
      result = { outcome: "ok", output: await work() };
    } catch (error) {
      if (error instanceof Unseen) return { outcome: "unknown", unseen: error };
      if (!(error instanceof ApiError)) throw error;
      const last = call.decisions.at(-1);
      result = { outcome: "failed", error, ...(last && last.effect !== "allow" && { denied: last }) };
    }
    const unseen = hinging.has(call.decisions) ? hingeOf(call) : undefined;
    return unseen ? { outcome: "unknown", unseen } : result;
  }

  async function decideAll(call: Call, accesses: readonly Access[]): Promise<undefined> {
    for (const access of accesses) {
      const denial = await authorize(call, access);
      if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 400 }, denial);
    }
  }

  return {
    async run<Output>(service: ServiceName, name: string, region: string, input: object) {
      const call = callIn(region);
      const operation = await operationOf(service, name);
      const context = contexts[service];
      return outcomeOf(call, async () => {
        return (await serviceCall(
          { service, context, authorize, audit: () => undefined },
          operation,
          input,
          call,
        )) as Output;
      });
    },
    async ask(service, name, region, input) {
      const call = callIn(region);
      const operation = await operationOf(service, name);
      return outcomeOf(call, async () => {
        const found = await operation.find(input as never, call, contexts[service]);
        return decideAll(call, accessesOf(service, operation, found, input, call));
      });
    },
    async may(region, access) {
      const call = callIn(region);
      return outcomeOf(call, () => decideAll(call, [access]));
    },
    mending: ({ action, resource }) =>
      drySession({
        ...options,
        decide: (authorize) => {
          const inner = decide(authorize);
          return async (call, access) => {
            return access.action === action && access.resource === resource ? undefined : inner(call, access);
          };
        },
      }),
  };
}

async function operationOf(service: ServiceName, name: string): Promise<Operation<unknown>> {
  const descriptor = services.find(({ signingName }) => signingName === service);
  const operation = await (await descriptor?.load())?.operations[name]?.();
  if (!operation) throw new Error(`Cannot try ${service}:${name}: there is no such operation`);
  return operation;
}

/** The execution role's session of a task. */
function principalOf(role: Role, { partition }: Account, taskId: string): Principal {
  const { account, name, path, id } = role;
  return {
    kind: "assumed-role",
    arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${taskId}`,
    account,
    userId: `${id}:${taskId}`,
    accessKeyId: "",
    roleArn: `arn:${partition}:iam::${account}:role${path}${name}`,
  };
}

async function membership(account: Account, policies: string) {
  const found = await account.organization();
  if (found && /OrgPaths/i.test(policies)) {
    throw new Unseen(
      "organizations:ListParents",
      account.id,
      "the policies ask for the account's place in its organization",
    );
  }
  return found && { id: found.id, path: "", has: async (id: string) => id === account.id };
}

/** What nobody knows before the task runs, if a decision of the call hangs on it. */
function hingeOf({ decisions }: Call): Unseen | undefined {
  for (const { trace, action, resource } of decisions) {
    const key = trace && hinge(trace() as Trace);
    if (key !== undefined) {
      return new Unseen(action, resource, `policies decide by ${key}, which is known only where the task runs`);
    }
  }
  return undefined;
}
