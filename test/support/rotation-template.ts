import assert from "node:assert/strict";
import type { Clients } from "./clients.ts";

/** The event that Secrets Manager sends to a rotation function. */
export interface StepEvent {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

/** Rotates a secret as AWS's template of a rotation function does. */
export async function rotationTemplate(
  { secretsManager }: Pick<Clients, "secretsManager">,
  { Step, SecretId, ClientRequestToken }: StepEvent,
): Promise<void> {
  const described = await secretsManager.describeSecret({ SecretId });
  assert.equal(described.RotationEnabled, true);
  const stages = described.VersionIdsToStages![ClientRequestToken];
  assert.ok(stages, "the version is staged for rotation");
  if (stages.includes("AWSCURRENT")) return;
  assert.ok(stages.includes("AWSPENDING"));
  if (Step === "createSecret") {
    const pending = { SecretId, VersionId: ClientRequestToken, VersionStage: "AWSPENDING" };
    const isThere = await secretsManager.getSecretValue(pending).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    const { RandomPassword: SecretString } = await secretsManager.getRandomPassword({});
    await secretsManager.putSecretValue({ SecretId, ClientRequestToken, SecretString, VersionStages: ["AWSPENDING"] });
  }
  if (Step === "finishSecret") {
    const [current] = Object.entries(described.VersionIdsToStages!).find(([, all]) => all.includes("AWSCURRENT"))!;
    const move = { MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current };
    await secretsManager.updateSecretVersionStage({ SecretId, VersionStage: "AWSCURRENT", ...move });
  }
}
