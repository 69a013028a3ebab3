import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import type { SecretsManager } from "../context.ts";
import { invalidRequest, valueNotFound } from "../errors.ts";
import { type FoundValue, usableSecret } from "./find.ts";
import type { VersionSelector } from "./reads.ts";
import { openVersion } from "./sealed-value.ts";
import { dayOf, type Secret } from "./secret.ts";
import { current, stagesOf } from "./stages.ts";
import { shownValue } from "./value.ts";

/** GetSecretValue's answer for a version that was found and authorised; throws if there is none. */
export async function readValue(
  context: Pick<SecretsManager, "store" | "encryption">,
  call: Call,
  found: FoundValue,
  selector: VersionSelector,
) {
  const secret = usableSecret(found);
  const { version } = found;
  const { versionId, stage = current } = selector;
  if (!version) throw valueNotFound(versionId === undefined ? `staging label: ${stage}` : `VersionId: ${versionId}`);
  if (selector.stage !== undefined && secret.stages.get(selector.stage) !== version.versionId) {
    throw invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
  }
  refuseForeignDefaultKey(call, secret);
  const value = await openVersion(context, call, secret.arn, version);
  const today = dayOf(call.time);
  if (accessedBefore(secret.accessedOn, today) || accessedBefore(version.accessedOn, today)) {
    await context.store.writes.touch(secret.arn, version.versionId, today);
  }
  const stages = stagesOf(secret.stages, version.versionId);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.versionId,
    ...shownValue(value),
    ...defined({ VersionStages: stages.length > 0 ? stages : undefined }),
    CreatedDate: version.createdAt,
  };
}

/** Throws if a caller of another account uses a secret under `aws/secretsmanager`, which only its own account can use. */
export function refuseForeignDefaultKey(call: Call, secret: Secret): void {
  if (secret.account === call.principal.account || secret.kmsKeyId !== undefined) return;
  throw invalidRequest(
    "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.",
  );
}

function accessedBefore(accessedOn: Date | undefined, today: Date): boolean {
  return accessedOn === undefined || accessedOn < today;
}
