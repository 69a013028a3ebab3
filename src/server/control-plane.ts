import { regionalArn } from "../arn.ts";
import { auditCalls, type Events, eventStore, lastCalls, type Retention } from "../audit/index.ts";
import { localWakes, type Wakes } from "../concurrency/wakes.ts";
import { defined } from "../defined.ts";
import type { AuditCall, CallRecord } from "../front-door/audit-call.ts";
import type { DispatcherOptions } from "../front-door/dispatcher.ts";
import type { Service } from "../front-door/service.ts";
import type { Keyring } from "../keyring/keyring.ts";
import type { Authorize } from "../model/call.ts";
import { cloudTrailService } from "../services/cloudtrail/index.ts";

import {
  applyLifecyclePolicies,
  dropOldUploads,
  type Ecr,
  ecrService,
  ecrStore,
  type Registry,
  registryTokens,
} from "../services/ecr/index.ts";
import {
  type Ecs,
  ecsService,
  ecsStore,
  ensureDefaultCluster,
  execSessions,
  latestFigures,
  taskRunner,
} from "../services/ecs/index.ts";
import {
  authorizer,
  decodeAuthorizationMessage,
  encodeAuthorizationMessage,
  type IamStore,
  iamService,
  iamStore,
  issuerIdIn,
  principalExists,
  tendTokenKeys,
} from "../services/iam/index.ts";
import { encryptionForService, encryptionThrough, kmsService, kmsStore } from "../services/kms/index.ts";
import {
  deliverer,
  ensureGroup,
  logsService,
  logsStore,
  queryRunner,
  searcher,
  tendLogs,
} from "../services/logs/index.ts";
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
import {
  attemptRecords,
  bearerIdentity,
  type Signin,
  signinService,
  signinSessionRecords,
} from "../services/signin/index.ts";
import { enforcePolicies, ssmService, ssmStore } from "../services/ssm/index.ts";
import {
  type OidcProviders,
  roleForService,
  type Sessions,
  sessions,
  stsService,
  unsignedIdentity,
} from "../services/sts/index.ts";
import type { Database } from "../storage/database.ts";
import type { Surroundings } from "../surroundings.ts";
import { assumeTaskRole } from "./assume-task-role.ts";
import { changePassword } from "./change-password.ts";
import { currentVersions } from "./current-versions.ts";
import { trailReads } from "./trail-reads.ts";

export interface ControlPlaneOptions {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly surroundings: Surroundings;
  readonly account: string;
  /** Ids of the access keys of its root user. */
  readonly rootKeyIds: readonly string[];
  readonly partition: string;
  /** Region of the installation. Records of an unknown region are kept there. */
  readonly region: string;
  /** Among the replicas on the database; within this process unless given. */
  readonly wakes?: Wakes;
  /** Id of this process among them. */
  readonly replica?: string;
  /** The identity providers whose tokens roles may trust; IAM's unless given. */
  readonly oidcProviders?: OidcProviders;
  /** How identity providers are asked for their keys. */
  readonly fetch?: typeof globalThis.fetch;
  /** URLs of rotation functions, by the name of the Lambda function that each stands for. */
  readonly lambdas?: ReadonlyMap<string, string>;
  readonly retention?: Retention;
  /** The operator's address of this installation, for its issuers of identity tokens; as callers reach it unless given. */
  readonly publicUrl?: string | undefined;
  /** As in the context of ECS. */
  readonly strictResources?: boolean;
  readonly denyPlaintextSecrets?: boolean;
  /** Keeps the images of ECR; absent where this server runs none. */
  readonly registry?: Registry | undefined;
}

type ServiceName =
  | ("iam" | "sts" | "organizations" | "kms" | "logs" | "ecr" | "ecs")
  | ("secretsManager" | "ssm" | "cloudTrail" | "signin");

/** The services and what the server itself needs of them. */
export interface ControlPlane {
  readonly service: Readonly<Record<ServiceName, Service>>;
  /** All of `service`. */
  readonly services: readonly Service[];
  readonly surroundings: Surroundings;
  readonly authorize: Authorize;
  readonly encodeDenial: NonNullable<DispatcherOptions["encodeDenial"]>;
  readonly iam: IamStore;
  /** The operator's address of this installation. */
  readonly publicUrl: string | undefined;
  readonly sessions: Sessions;
  readonly signin: Signin;
  readonly ecr: Ecr;
  readonly ecs: Ecs;
  readonly rotator: Rotator;
  readonly organizations: Organizations;
  /** Tells who sends a request that need not be signed. */
  readonly unsigned: ReturnType<typeof unsignedIdentity>;
  readonly events: Events;
  /** Writes a call to the audit trail. */
  readonly audit: AuditCall;
  /** Chains events that services recorded in their own transactions. */
  settleEvents(): Promise<void>;
  /** Begins the audit trail anew after the database was emptied. */
  restartEvents(): Promise<void>;
  /** Deletes for good what was scheduled for deletion and is due. */
  purge(): Promise<void>;
  /** Deletes log events that have expired, and merges small batches of them. */
  tendLogs(): Promise<boolean>;
  /** Deletes images that lifecycle policies expire, and uploads that were not completed, where this server keeps the images. */
  tendImages(): Promise<void>;
  /** Begins to deliver log events to those who subscribed to them. */
  deliverLogs(): Promise<void>;
  /** Writes when keys and roles were last used, which is kept in memory. */
  writeUses(): Promise<void>;
  /** Writes everything that is in memory only, before the process ends. */
  flush(): Promise<void>;
}

/** Wires stores and services by hand. */
export function controlPlane(options: ControlPlaneOptions): ControlPlane {
  const { database, keyring, surroundings, partition, region } = options;
  const { clock, ids, timers, log, onError } = surroundings;
  const wakes = options.wakes ?? localWakes();
  const iam = iamStore(database, keyring);
  const tokens = sessions({ keyring, ids });
  const organization = organizationOf(options.account, partition);
  const accounts = accountStore(database, keyring);
  const accountsOfAll = membership(organization, accounts);
  const authorize = authorizer({ store: iam, organization: accountsOfAll });
  const publicUrl = defined({ publicUrl: options.publicUrl });
  const auditEvents = eventStore({
    ...{ database, keyring, clock, ids },
    ...defined({ retention: options.retention }),
  });
  const kms = kmsStore(database, keyring, clock, ids, { events: auditEvents, partition });
  const audit = auditCalls(auditEvents, { account: options.account, region }, onError);
  const noteCall = (record: CallRecord) => void audit(record)?.catch(onError);
  const encryption = encryptionThrough({ store: kms, trail: { ids, noteCall } }, authorize);
  const logs = logsStore(database, keyring, {
    encryption: encryptionForService({ store: kms, trail: { ids, noteCall }, ids, now: () => clock.now() }, authorize),
    ...{ partition, now: () => clock.now().getTime() },
  });
  const queries = queryRunner({ store: logs, clock, timers, onError });
  const lambdas = options.lambdas ?? new Map<string, string>();
  const subscriptions = deliverer({ store: logs, clock, functions: lambdas, onError });
  const logsContext = { store: logs, clock, timers, ids, searcher: searcher(timers), queries, functions: lambdas };
  const stores = {
    secretsManager: secretsManagerStore(database, auditEvents),
    ssm: ssmStore(database, auditEvents),
  };
  const ecs: Ecs = {
    ...surroundings,
    ...{ store: ecsStore(database, keyring), wakes, auditEvents },
    replica: options.replica ?? ids.uuid(),
    strictResources: options.strictResources ?? false,
    denyPlaintextSecrets: options.denyPlaintextSecrets ?? false,
    ...{ figures: latestFigures(clock), ...publicUrl },
    ...{ currentVersions: currentVersions({ ...stores, clock }), trailReads: trailReads(auditEvents) },
    ensureLogGroup: (place, name) => ensureGroup({ ...logsContext, audit }, "ecs.amazonaws.com", place, name),
    assumeRole: assumeTaskRole({ iam, sessions: tokens, clock, ids, events: auditEvents, region }),
  };
  const ecr: Ecr = {
    ...{ store: ecrStore(database), tokens: registryTokens(keyring), authorize, ids },
    registry: options.registry,
  };
  const functions = rotationFunctions(lambdas, taskRunner({ context: ecs, authorize, audit }));
  const secretsManager: SecretsManager = {
    ...{ store: stores.secretsManager, functions },
    ...{ encryption, ids, authorize, audit },
  };
  const organizations: Organizations = {
    ...{ clock, ids, organization, accounts },
    iamIn: (inner) => iamStore(inner, keyring),
    async prepare(account) {
      await ensureDefaultCluster(ecs, { account, region, partition });
    },
  };
  const iamOfCallers = iamService({
    ...{ store: iam, ids, ...publicUrl },
    trail: { clock, lastCalls: (...asked) => lastCalls(database.db, ...asked) },
  });
  const signin: Signin = {
    ...{ store: signinSessionRecords(database), attempts: attemptRecords(database), iam, sessions: tokens },
    ...{ events: auditEvents, clock, ids, account: options.account, region, partition },
    hasAccount: async (id) => id === options.account || (await accounts.find(id)) !== undefined,
    isRootKey: async (account, accessKeyId) =>
      account === options.account
        ? options.rootKeyIds.includes(accessKeyId)
        : (await accounts.rootKeys.find(accessKeyId))?.account === account,
    changePassword: changePassword({ iam: iamOfCallers, authorize, audit, ids }),
  };
  const service = {
    signin: signinService(signin),
    ssm: ssmService({
      ...{ store: stores.ssm, encryption, ids },
      trustsSystemsManager: async (place, roleArn) => {
        const conditions = { "aws:SourceAccount": place.account, "aws:SourceArn": regionalArn(place, "ssm", "*") };
        const asked = { service: "ssm.amazonaws.com", roleArn, conditions };
        return "role" in (await roleForService({ iam, clock }, asked));
      },
      secrets: secretReader(secretsManager),
      sessions: execSessions(ecs),
    }),
    secretsManager: secretsManagerService(secretsManager),
    kms: kmsService({ store: kms, authorize, principalExists: (arn) => principalExists(iam, arn) }),
    iam: iamOfCallers,
    sts: stsService({
      ...{ iam, sessions: tokens, ids, organization: accountsOfAll, ...publicUrl },
      decodeAuthorizationMessage: (message, account) => decodeAuthorizationMessage(keyring, message, account),
    }),
    ecr: ecrService(ecr),
    ecs: ecsService(ecs),
    logs: logsService(logsContext),
    cloudTrail: cloudTrailService({ events: auditEvents }),
    organizations: organizationsService(organizations),
  };
  async function writeUses(): Promise<void> {
    await kms.usages.write();
    await iam.uses.write();
  }
  const federated = unsignedIdentity({
    ...{ clock, partition },
    oidcProviders: options.oidcProviders ?? foreignProviders(iam),
    samlProviders: {
      findSamlProvider: iam.providers.saml.find,
      privateKeys: iam.providers.samlKeys.privateKeys,
    },
    fetch: options.fetch ?? globalThis.fetch,
    onUnavailable: (error) => log.warn({ err: error }, "Cannot get the keys of an identity provider"),
  });
  const bearer = bearerIdentity(signin);
  return {
    ...{ service, services: Object.values(service), surroundings, signin },
    ...{
      authorize,
      iam,
      publicUrl: options.publicUrl,
      sessions: tokens,
      ecr,
      ecs,
      organizations,
      events: auditEvents,
      audit,
      writeUses,
    },
    encodeDenial: (principal, decision) => encodeAuthorizationMessage(keyring, principal, decision),
    unsigned: (request, from) => bearer(request, from) ?? federated(request, from),
    settleEvents: auditEvents.settle,
    restartEvents: auditEvents.restart,
    rotator: rotator({
      ...{ context: secretsManager, events: auditEvents, clock, timers, onError },
      onEvent: ({ name, additionalData }) => log.info({ event: name, ...additionalData }, "Secret rotation"),
    }),
    async purge() {
      await kms.purge();
      await secretsManager.store.writes.purge(clock.now());
      await enforcePolicies(database, auditEvents, partition, clock.now());
      await tendTokenKeys(iam, ids, clock.now());
      await signin.store.purge(clock.now());
      await signin.attempts.purge(clock.now());
      await auditEvents.purge();
    },
    deliverLogs: subscriptions.deliver,
    async tendImages() {
      await applyLifecyclePolicies(ecr, clock.now());
      await dropOldUploads(ecr, clock.now());
    },
    tendLogs: () => tendLogs({ store: logs, ids, now: clock.now() }),
    async flush() {
      await queries.close();
      await subscriptions.idle();
      await writeUses();
      await auditEvents.drain();
    },
  };
}

/** AWS's own identity tokens do not open AWS's roles: they are for others. */
function foreignProviders(iam: IamStore): OidcProviders {
  return {
    async findOidcProvider(account, url) {
      const id = issuerIdIn(url);
      const isOwn = id !== undefined && (await iam.tokenIssuers.findById(id)) !== undefined;
      return isOwn ? undefined : iam.providers.oidc.find(account, url);
    },
  };
}
