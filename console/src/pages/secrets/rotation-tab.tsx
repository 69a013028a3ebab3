import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Details } from "../../parts/details.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";
import { isComplete, noRotation, RotationFields, rotationInput } from "./rotation-fields.tsx";
import type { Secret } from "./secret.ts";

/** Whether and how the secret rotates, with buttons that change it. */
export function RotationTab({ secret }: { readonly secret: Secret }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [isEditing, setEditing] = useState(false);
  const { ARN = "", RotationEnabled = false, RotationRules, RotationLambdaARN } = secret;
  const now = useAction((api) => api.call("secretsmanager", "RotateSecret", { SecretId: ARN }));
  async function rotate(): Promise<void> {
    if (await now.run()) flash({ type: "info", text: t.rotationStarted });
  }
  if (isEditing) return <EditRotation secret={secret} onClose={() => setEditing(false)} />;
  return (
    <SpaceBetween size="l">
      <Problem error={now.error} onDismiss={now.clear} />
      <Details
        title={t.rotation}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setEditing(true)}>{t.editRotation}</Button>
            <Button disabled={!RotationEnabled} loading={now.isRunning} onClick={() => void rotate()}>
              {t.rotateNow}
            </Button>
          </SpaceBetween>
        }
        items={[
          {
            label: t.rotationStatus,
            value: RotationEnabled ? (
              <StatusIndicator type="success">{t.enabled}</StatusIndicator>
            ) : (
              <StatusIndicator type="stopped">{t.disabled}</StatusIndicator>
            ),
          },
          {
            label: t.days,
            value: RotationRules?.AutomaticallyAfterDays ?? <Text>{RotationRules?.ScheduleExpression}</Text>,
          },
          { label: t.functionArn, value: <Text>{RotationLambdaARN}</Text> },
          { label: t.lastRotated, value: <Time at={secret.LastRotatedDate} /> },
          { label: t.nextRotation, value: <Time at={secret.NextRotationDate} /> },
        ]}
      />
    </SpaceBetween>
  );
}

function EditRotation({ secret, onClose }: { readonly secret: Secret; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const { ARN = "", RotationEnabled = false, RotationRules, RotationLambdaARN = "" } = secret;
  const [isTried, setTried] = useState(false);
  const [rotation, setRotation] = useState({
    isAutomatic: RotationEnabled,
    functionArn: RotationLambdaARN,
    days: String(RotationRules?.AutomaticallyAfterDays ?? noRotation.days),
    isImmediate: false,
  });
  const save = useAction((api) =>
    rotation.isAutomatic
      ? api.call("secretsmanager", "RotateSecret", { SecretId: ARN, ...rotationInput(rotation) })
      : api.call("secretsmanager", "CancelRotateSecret", { SecretId: ARN }),
  );
  async function submit(): Promise<void> {
    setTried(true);
    if (!isComplete(rotation) || !(await save.run())) return;
    flash({ type: "success", text: rotation.isAutomatic ? t.rotationSaved : t.rotationCancelled });
    onClose();
  }
  return (
    <Container header={<Header variant="h2">{t.editRotation}</Header>}>
      <SpaceBetween size="l">
        <RotationFields rotation={rotation} onChange={setRotation} isTried={isTried} />
        <Problem error={save.error} />
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" loading={save.isRunning} onClick={() => void submit()}>
            {words.save}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
