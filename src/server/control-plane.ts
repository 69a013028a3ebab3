import { assumptionEvent, auditCalls, type Events, eventStore, lastCalls, type Retention } from "../audit/index.ts";
import type { Clock } from "../clock.ts";
import { systemTimers } from "../concurrency/timers.ts";
import type { AuditCall, CallRecord } from "../front-door/audit-call.ts";
import type { DispatcherOptions } from "../front-door/dispatcher.ts";
import type { Service } from "../front-door/service.ts";
import type { Ids } from "../ids.ts";
import type { Keyring } from "../keyring/keyring.ts";
import type { Log } from "../log.ts";
import type { Authorize } from "../model/call.ts";
import { cloudTrailService } from "../services/cloudtrail/index.ts";
import { type Ecs, ecsService, ecsStore, ensureDefaultCluster, events, taskRunner } from "../services/ecs/index.ts";
import {
  authorizer,
  decodeAuthorizationMessage,
  encodeAuthorizationMessage,
  type IamStore,
  iamService,
  iamStore,
  principalExists,
} from "../services/iam/index.ts";
import { encryptionThrough, kmsService, kmsStore } from "../services/kms/index.ts";
import {
  accountStore,
  membership,
  type Organizations,
  organizationOf,
  organizationsService,
} from "../services/organizations/index.ts";
import {
  type Rotator,
  rotationFunctions,
  rotator,
  type SecretsManager,
  secretReader,
  secretsManagerService,
  secretsManagerStore,
} from "../services/secrets-manager/index.ts";
import { enforcePolicies, ssmService, ssmStore } from "../services/ssm/index.ts";
import {
  assumeRoleAsService,
  type OidcProviders,
  type Sessions,
  sessions,
  stsService,
  unsignedIdentity,
} from "../services/sts/index.ts";
import type { Database } from "../storage/database.ts";

export interface ControlPlaneOptions {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly account: string;
  readonly partition: string;
  /** Whose tokens roles may trust; IAM's unless given. */
  readonly oidcProviders?: OidcProviders;
  /** How identity providers are asked for their keys. */
  readonly fetch?: typeof globalThis.fetch;
  /** URLs of rotation functions, by the name of the Lambda function that each stands for. */
  readonly lambdas?: ReadonlyMap<string, string>;
  /** Region of the installation: what nobody can tell where it was meant for is kept there. */
  readonly region: string;
  readonly retention?: Retention;
}

/** The services and what the server itself needs of them. */
export interface ControlPlane {
  readonly services: readonly Service[];
  readonly authorize: Authorize;
  readonly encodeDenial: NonNullable<DispatcherOptions["encodeDenial"]>;
  readonly iam: IamStore;
  readonly sessions: Sessions;
  readonly ecs: Ecs;
  readonly rotator: Rotator;
  readonly organizations: Organizations;
  /** Tells who sends what need not be signed. */
  readonly unsigned: ReturnType<typeof unsignedIdentity>;
  readonly events: Events;
  /** Writes a call to the audit trail. */
  readonly audit: AuditCall;
  /** Chains events that services recorded with what they tell of. */
  settleEvents(): Promise<void>;
  /** Begins the audit trail anew, as the database was emptied. */
  restartEvents(): Promise<void>;
  /** Deletes for good what was scheduled for deletion and is due. */
  purge(): Promise<void>;
  /** Writes what is in memory only, before the process ends. */
  flush(): Promise<void>;
}

/** Seconds that a task's session of its roles lasts; it is renewed before. */
const taskSessionDuration = 6 * 60 * 60;

/** Wires stores and services by hand. */
export function controlPlane(options: ControlPlaneOptions): ControlPlane {
  const { database, keyring, clock, ids, log, partition } = options;
  const iam = iamStore(database, keyring);
  const tokens = sessions({ keyring, ids });
  const organization = organizationOf(options.account, partition);
  const accounts = accountStore(database, keyring);
  const authorize = authorizer({ store: iam, organization: membership(organization, accounts) });
  const auditEvents = eventStore({
    ...{ database, keyring, clock, ids },
    ...(options.retention && { retention: options.retention }),
  });
  const kms = kmsStore(database, keyring, clock, ids, { events: auditEvents, partition });
  const onError = (error: unknown) =>
    log.error({ err: error }, "Work in the background failed; it will be tried again");
  const audit = auditCalls(auditEvents, { account: options.account, region: options.region }, onError);
  const noteCall = (record: CallRecord) => void audit(record)?.catch(onError);
  const encryption = encryptionThrough({ store: kms, trail: { ids, noteCall } }, authorize);
  const ecs: Ecs = {
    store: ecsStore(database, keyring),
    events: events(),
    clock,
    ids,
    timers: systemTimers,
    async assumeRole(request) {
      const asked = { ...request, service: "ecs-tasks.amazonaws.com", durationSeconds: taskSessionDuration };
      const result = await assumeRoleAsService({ iam, sessions: tokens, clock }, asked);
      // Before the credentials leave for the agent.
      await auditEvents.write({
        document: assumptionEvent(asked, result, { ids, now: clock.now(), region: options.region }),
        ...("trace" in result && { decision: { trace: result.trace } }),
      });
      return result;
    },
    onError,
  };
  const functions = rotationFunctions(options.lambdas ?? new Map(), taskRunner({ context: ecs, authorize, audit }));
  const secretsManager: SecretsManager = {
    ...{ store: secretsManagerStore(database, auditEvents), functions },
    ...{ encryption, ids, authorize, audit },
  };
  const organizations: Organizations = {
    ...{ clock, ids, organization, accounts },
    iamIn: (inner) => iamStore(inner, keyring),
    async prepare(account) {
      const { region } = options;
      if (region !== undefined) await ensureDefaultCluster(ecs, { account, region, partition });
    },
  };
  return {
    services: [
      ssmService({
        store: ssmStore(database, auditEvents),
        encryption,
        ids,
        secrets: secretReader(secretsManager),
      }),
      secretsManagerService(secretsManager),
      kmsService({ store: kms, authorize, principalExists: (arn) => principalExists(iam, arn) }),
      iamService({
        ...{ store: iam, ids },
        trail: { clock, lastCalls: (...asked) => lastCalls(database.db, ...asked) },
      }),
      stsService({
        ...{ iam, sessions: tokens },
        decodeAuthorizationMessage: (message, account) => decodeAuthorizationMessage(keyring, message, account),
      }),
      ecsService(ecs),
      cloudTrailService({ events: auditEvents }),
      organizationsService(organizations),
    ],
    authorize,
    encodeDenial: (principal, decision) => encodeAuthorizationMessage(keyring, principal, decision),
    iam,
    sessions: tokens,
    ecs,
    organizations,
    unsigned: unsignedIdentity({
      ...{ clock, partition },
      oidcProviders: options.oidcProviders ?? { findOidcProvider: iam.providers.oidc.find },
      fetch: options.fetch ?? globalThis.fetch,
      onUnavailable: (error) => log.warn({ err: error }, "Cannot get the keys of an identity provider"),
    }),
    events: auditEvents,
    audit,
    settleEvents: auditEvents.settle,
    restartEvents: auditEvents.restart,
    rotator: rotator({
      ...{ context: secretsManager, events: auditEvents, clock, timers: systemTimers, onError: ecs.onError },
      onEvent: ({ name, additionalData }) => log.info({ event: name, ...additionalData }, "Secret rotation"),
    }),
    async purge() {
      await kms.purge();
      await iam.uses.write();
      await secretsManager.store.writes.purge(clock.now());
      await enforcePolicies(database, auditEvents, partition, clock.now());
      await auditEvents.purge();
    },
    async flush() {
      await kms.usages.write();
      await iam.uses.write();
      await auditEvents.settle();
    },
  };
}
