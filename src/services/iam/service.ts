import { systemClock } from "../../clock.ts";
import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { queryProtocol } from "../../wire/query-protocol.ts";
import type { Iam } from "./context.ts";
import { sealedColumns as sealedAccessKeys } from "./credentials/access-keys/records.ts";
import { sealedColumns as sealedMfaDevices } from "./credentials/mfa-devices/records.ts";
import { type AccessTrail, lastAccessedWork } from "./last-accessed/work.ts";
import { sealedTokenKeys } from "./outbound-federation/records.ts";
import { sealedSamlKeys } from "./providers/saml/private-keys.ts";
import { violationWording } from "./violation-wording.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export const iam = {
  name: "iam",
  title: "Identity and Access Management",
  client: "@aws-sdk/client-iam",
  model: "iam",
  signingName: "iam",
  protocol: queryProtocol("https://iam.amazonaws.com/doc/2010-05-08/", "2010-05-08"),
  violation: { code: "ValidationError", status: 400, wording: violationWording },
  load: () => import("./operations.ts"),
  tables: [
    "iam_entities",
    "iam_inline_policies",
    "iam_attachments",
    "iam_policies",
    "iam_policy_versions",
    "iam_access_keys",
    "iam_group_members",
    "iam_instance_profiles",
    "iam_oidc_providers",
    "iam_saml_providers",
    "iam_saml_keys",
    "iam_login_profiles",
    "iam_mfa_devices",
    "iam_ssh_public_keys",
    "iam_signing_certificates",
    "iam_server_certificates",
    "iam_service_credentials",
    "iam_accounts",
    "iam_token_issuers",
    "iam_token_keys",
    "iam_uses",
    "iam_deletion_tasks",
    "iam_last_accessed_jobs",
  ],
  sealedColumns: [...sealedAccessKeys, ...sealedMfaDevices, sealedTokenKeys, sealedSamlKeys],
} satisfies ServiceDescriptor<Iam>;

export interface IamOptions extends Pick<Iam, "store" | "ids" | "publicUrl"> {
  /** The audit trail, for reports of when services were last accessed. Without it no service was ever accessed. */
  readonly trail?: AccessTrail;
}

const noTrail: AccessTrail = { clock: systemClock, lastCalls: async () => [] };

export function iamService({ trail = noTrail, ...context }: IamOptions): Service {
  return serve(iam, { ...context, lastAccessed: lastAccessedWork(context.store, trail) });
}
