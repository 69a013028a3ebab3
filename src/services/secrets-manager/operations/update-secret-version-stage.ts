import { UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation-before.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, refuseUnchangeable, secretNotFound, valueNotFound } from "../errors.ts";
import { changeableSecret, secretAccess } from "../secrets/access.ts";
import { attach, current, detach, type Stages } from "../secrets/stages.ts";
import { isVersionId } from "../secrets/value.ts";
import { refuseTooManyStages } from "./put-secret-value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
export const updateSecretVersionStage = operation(UpdateSecretVersionStageCommand)({
  access: (input, call, context: SecretsManager) =>
    secretAccess("secretsmanager:UpdateSecretVersionStage", input.SecretId, call, context, {
      "secretsmanager:VersionStage": input.VersionStage,
    }),

  async run(input, { secrets }, call) {
    const { VersionStage: label, MoveToVersionId: to, RemoveFromVersionId: from } = input;
    if (to === undefined && from === undefined) {
      throw invalidParameter("You must provide MoveToVersionId, RemoveFromVersionId or both.");
    }
    if (to !== undefined && !isVersionId(to)) throw valueNotFound(`VersionId: ${to}`);
    const changed = await secrets.change(
      changeableSecret(call).arn,
      { now: call.time, versionId: to },
      (secret, version) => {
        refuseUnchangeable(secret);
        if (to !== undefined && !version) throw valueNotFound(`VersionId: ${to}`);
        refuseWrongHolder(secret.stages, label, to, from);
        const stages = to === undefined ? detach(secret.stages, label) : attach(secret.stages, [label], to);
        refuseTooManyStages(stages);
        return { answer: secret, secret: { ...secret, stages } };
      },
    );
    if (!changed) throw secretNotFound();
    return { ARN: changed.arn, Name: changed.name };
  },
});

/** Throws unless the version that has the label now is the one that the caller takes it from. */
function refuseWrongHolder(stages: Stages, label: string, to: string | undefined, from: string | undefined): void {
  const holder = stages.get(label);
  if (from === undefined) {
    if (holder === undefined || holder === to) return;
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${label} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  if (holder !== from) {
    throw invalidParameter(
      `When you move staging label ${label}, if you specify RemoveFromVersionId, it must be set to the version that currently has the staging label ${label}.`,
    );
  }
  if (to === undefined && label === current) {
    throw invalidParameter(
      "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.",
    );
  }
}
