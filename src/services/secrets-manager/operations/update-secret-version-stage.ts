import { UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import { operation } from "../../../model/operation.ts";
import type { SecretsManager } from "../context.ts";
import { invalidParameter, valueNotFound } from "../errors.ts";
import { secretAccess } from "../secrets/access.ts";
import { changeFound } from "../secrets/change.ts";
import { changeableSecret, findSecret } from "../secrets/find.ts";
import { refuseUnchangeable } from "../secrets/secret.ts";
import { attach, current, detach, refuseTooManyStages, type Stages } from "../secrets/stages.ts";
import { isVersionId } from "../secrets/value.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
export const updateSecretVersionStage = operation(UpdateSecretVersionStageCommand)({
  find: (input, call, context: SecretsManager) => findSecret(context, call, input.SecretId),
  access: (found, input) => secretAccess(found, { "secretsmanager:VersionStage": input.VersionStage }),

  async run(found, input, context, call) {
    const { VersionStage: label, MoveToVersionId: to, RemoveFromVersionId: from } = input;
    if (to === undefined && from === undefined) {
      throw invalidParameter("You must provide MoveToVersionId, RemoveFromVersionId or both.");
    }
    if (to !== undefined && !isVersionId(to)) throw valueNotFound(`VersionId: ${to}`);
    const { secret } = await changeFound(
      context,
      call,
      changeableSecret(found),
      (now, version) => {
        refuseUnchangeable(now);
        if (to !== undefined && !version) throw valueNotFound(`VersionId: ${to}`);
        refuseWrongHolder(now.stages, label, to, from);
        const stages = to === undefined ? detach(now.stages, label) : attach(now.stages, [label], to);
        refuseTooManyStages(stages);
        return { answer: undefined, secret: { ...now, stages } };
      },
      { versionId: to },
    );
    return { ARN: secret.arn, Name: secret.name };
  },
});

/** Throws unless the label is on the version that the caller takes it from. */
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
