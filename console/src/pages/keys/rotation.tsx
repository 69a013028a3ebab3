import type { RotationsListEntry } from "@aws-sdk/client-kms";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useCall, useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { useFlash } from "../../parts/flash.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";

/** A key's rotation: the automatic one, one at once, and those that were. */
export function Rotation({ keyId, isOwn }: { readonly keyId: string; readonly isOwn: boolean }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const [draft, setDraft] = useState<{ readonly isOn: boolean; readonly days: string }>();
  const status = useCall("kms", "GetKeyRotationStatus", { KeyId: keyId });
  const rotations = useList("kms", "ListKeyRotations", { KeyId: keyId }, "Rotations");
  const save = useAction(async (api, isOn: boolean, days: string) => {
    if (isOn) await api.call("kms", "EnableKeyRotation", { KeyId: keyId, RotationPeriodInDays: Number(days) });
    else await api.call("kms", "DisableKeyRotation", { KeyId: keyId });
    return true;
  });
  const rotate = useAction((api) => api.call("kms", "RotateKeyOnDemand", { KeyId: keyId }));
  const { KeyRotationEnabled: isOn = false, RotationPeriodInDays: days = 365, NextRotationDate } = status.data ?? {};
  async function submit(): Promise<void> {
    if (!draft || !(await save.run(draft.isOn, draft.days))) return;
    flash({ type: "success", text: t.rotationSaved });
    setDraft(undefined);
  }
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            variant="h2"
            actions={
              isOwn &&
              !draft && (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button
                    loading={rotate.isRunning}
                    onClick={async () => {
                      if (await rotate.run()) flash({ type: "success", text: t.rotated });
                    }}
                  >
                    {t.rotateNow}
                  </Button>
                  <Button disabled={!status.data} onClick={() => setDraft({ isOn, days: String(days) })}>
                    {words.edit}
                  </Button>
                </SpaceBetween>
              )
            }
          >
            {t.automatic}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Problem error={status.error ?? save.error ?? rotate.error} />
          {draft ? (
            <>
              <Toggle checked={draft.isOn} onChange={({ detail }) => setDraft({ ...draft, isOn: detail.checked })}>
                {t.automatic}
              </Toggle>
              {draft.isOn && (
                <FormField label={t.period} constraintText={t.periodText}>
                  <Input
                    type="number"
                    value={draft.days}
                    onChange={({ detail }) => setDraft({ ...draft, days: detail.value })}
                  />
                </FormField>
              )}
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setDraft(undefined)}>{words.cancel}</Button>
                <Button variant="primary" loading={save.isRunning} onClick={() => void submit()}>
                  {words.save}
                </Button>
              </SpaceBetween>
            </>
          ) : (
            status.data && (
              <KeyValuePairs
                columns={3}
                items={[
                  { label: words.status, value: isOn ? t.Enabled : t.Disabled },
                  { label: t.period, value: isOn ? days : "-" },
                  { label: t.nextRotation, value: <Time at={NextRotationDate} /> },
                ]}
              />
            )
          )}
        </SpaceBetween>
      </Container>
      <ResourceTable<Wire<RotationsListEntry>>
        id="kms-rotations"
        title={t.rotations}
        read={rotations}
        trackBy={({ RotationDate = 0 }) => String(RotationDate)}
        filterPlaceholder={t.findRotations}
        empty={{ title: t.noRotations }}
        columns={[
          {
            id: "date",
            header: t.rotationDate,
            isRowHeader: true,
            width: 300,
            value: ({ RotationDate }) => RotationDate,
            cell: ({ RotationDate }) => <Time at={RotationDate} seconds />,
          },
          {
            id: "type",
            header: t.rotationType,
            value: ({ RotationType }) => RotationType,
            cell: ({ RotationType }) => <Text>{RotationType}</Text>,
          },
        ]}
      />
    </SpaceBetween>
  );
}
