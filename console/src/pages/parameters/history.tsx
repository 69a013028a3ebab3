import type { ParameterHistory } from "@aws-sdk/client-ssm";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { ArnLink } from "../../parts/links.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { SecretValue } from "../../parts/secret-value.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";
import { isLabel } from "./parameter-name.ts";

type Version = Wire<ParameterHistory>;

/** The versions of a parameter. The list is read without decryption, and each value when it is asked for. */
export function History({ name }: { readonly name: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [labelled, setLabelled] = useState<Version>();
  const read = useList(
    "ssm",
    "GetParameterHistory",
    { Name: name, WithDecryption: false, MaxResults: 50 },
    "Parameters",
  );
  const remove = useAction(async (api, version: number, label: string) =>
    api.call("ssm", "UnlabelParameterVersion", { Name: name, ParameterVersion: version, Labels: [label] }),
  );
  return (
    <SpaceBetween size="l">
      <Problem error={remove.error} onDismiss={remove.clear} />
      <ResourceTable<Version>
        id="ssm-parameter-history"
        title={t.history}
        description={t.valueAudited}
        read={read}
        selection="single"
        trackBy={({ Version: version = 0 }) => String(version)}
        sortedBy={{ id: "version", isDescending: true }}
        empty={{ title: t.empty }}
        actions={([selected]) => (
          <Button disabled={!selected} onClick={() => setLabelled(selected)}>
            {t.attachLabels}
          </Button>
        )}
        columns={[
          {
            id: "version",
            header: words.version,
            isRowHeader: true,
            width: 110,
            value: ({ Version: version }) => version,
            cell: ({ Version: version }) => version,
          },
          {
            id: "value",
            header: t.value,
            width: 260,
            cell: ({ Version: version = 0, Type }) => (
              <SecretValue
                of={`${name}:${version}`}
                showText={Type === "SecureString" ? t.showValue : t.showPlain}
                reveal={async (api) => {
                  const { Parameter } = await api.call("ssm", "GetParameter", {
                    Name: `${name}:${version}`,
                    WithDecryption: true,
                  });
                  return Parameter?.Value ?? "";
                }}
              />
            ),
          },
          {
            id: "labels",
            header: t.labels,
            width: 220,
            value: ({ Labels }) => Labels?.join(" "),
            cell: ({ Labels = [], Version: version = 0 }) => (
              <TokenGroup
                items={Labels.map((label) => ({ label, dismissLabel: t.removeLabel(label) }))}
                onDismiss={({ detail }) => void remove.run(version, Labels[detail.itemIndex] ?? "")}
              />
            ),
          },
          {
            id: "modified",
            header: t.lastModified,
            width: 200,
            value: ({ LastModifiedDate }) => LastModifiedDate,
            cell: ({ LastModifiedDate }) => <Time at={LastModifiedDate} seconds />,
          },
          {
            id: "user",
            header: t.lastModifiedBy,
            value: ({ LastModifiedUser }) => LastModifiedUser,
            cell: ({ LastModifiedUser }) => <ArnLink arn={LastModifiedUser} />,
          },
          {
            id: "description",
            header: words.description,
            isVisible: false,
            cell: ({ Description }) => <Text>{Description}</Text>,
          },
        ]}
      />
      {labelled && <AttachLabels name={name} version={labelled.Version ?? 0} onClose={() => setLabelled(undefined)} />}
    </SpaceBetween>
  );
}

function AttachLabels({
  name,
  version,
  onClose,
}: {
  readonly name: string;
  readonly version: number;
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [text, setText] = useState("");
  const labels = text.split(/[,\s]+/).filter(Boolean);
  const wrong = labels.filter((label) => !isLabel(label));
  const attach = useAction(async (api) => {
    const { InvalidLabels = [] } = await api.call("ssm", "LabelParameterVersion", {
      ...{ Name: name, ParameterVersion: version, Labels: labels },
    });
    if (InvalidLabels.length > 0) throw new Error(t.labelsInvalid(InvalidLabels.join(", ")));
    return true;
  });
  async function submit(): Promise<void> {
    if (labels.length === 0 || wrong.length > 0 || !(await attach.run())) return;
    flash({ type: "success", text: t.labelsAttached });
    onClose();
  }
  return (
    <Dialog
      title={t.attachLabels}
      submitText={t.attachLabels}
      isRunning={attach.isRunning}
      error={attach.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormField
        label={t.labels}
        description={t.labelsText}
        errorText={wrong.length > 0 ? t.labelsInvalid(wrong.join(", ")) : undefined}
      >
        <Input value={text} autoFocus onChange={({ detail }) => setText(detail.value)} />
      </FormField>
    </Dialog>
  );
}
