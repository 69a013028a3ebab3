import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { messageOf } from "../../../api/error.ts";
import { useList } from "../../../data/use-call.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { isolated } from "../../../parts/text.tsx";
import { messages } from "../messages.ts";
import { parameterReference, secretReference } from "./references.ts";

export interface PickerProps {
  readonly onPick: (valueFrom: string) => void;
  readonly onClose: () => void;
}

/** Chooses what `valueFrom` names, from both stores. No value is read. */
export function Picker({ onPick, onClose }: PickerProps) {
  const t = useMessages(messages);
  const [store, setStore] = useState("secrets");
  const [arn, setArn] = useState("");
  const [jsonKey, setJsonKey] = useState("");
  const [stage, setStage] = useState("");
  const [version, setVersion] = useState("");
  const secrets = useList("secretsmanager", "ListSecrets", { MaxResults: 100 }, "SecretList");
  const parameters = useList("ssm", "DescribeParameters", { MaxResults: 50 }, "Parameters");
  const isSecret = store === "secrets";
  const read = isSecret ? secrets : parameters;
  const options = isSecret
    ? (secrets.data ?? []).map(({ ARN = "", Name = "", Description }) => option(ARN, Name, Description))
    : (parameters.data ?? []).map(({ ARN = "", Name = "", Type }) => option(ARN, Name, Type));
  const valueFrom = isSecret ? secretReference(arn, { jsonKey, stage }) : parameterReference(arn, version);
  return (
    <Dialog
      size="large"
      title={t.pickTitle}
      submitText={t.pick}
      isDisabled={arn === ""}
      onSubmit={() => {
        onPick(valueFrom);
        onClose();
      }}
      onClose={onClose}
    >
      <SegmentedControl
        label={t.pickTitle}
        selectedId={store}
        options={[
          { id: "secrets", text: "Secrets Manager" },
          { id: "parameters", text: "Parameter Store" },
        ]}
        onChange={({ detail }) => {
          setStore(detail.selectedId);
          setArn("");
        }}
      />
      <FormField
        label={isSecret ? t.secret : t.parameter}
        constraintText={arn === "" ? undefined : isolated(valueFrom)}
      >
        <Select
          selectedOption={options.find(({ value }) => value === arn) ?? null}
          options={options}
          filteringType="auto"
          virtualScroll
          placeholder={t.pick}
          ariaLabel={isSecret ? t.secret : t.parameter}
          statusType={read.error ? "error" : read.isPending ? "loading" : "finished"}
          errorText={read.error ? messageOf(read.error) : ""}
          onChange={({ detail }) => setArn(detail.selectedOption.value ?? "")}
        />
      </FormField>
      {isSecret && (
        <FormField label={t.jsonKey} description={t.jsonKeyText}>
          <Input value={jsonKey} spellcheck={false} onChange={({ detail }) => setJsonKey(detail.value)} />
        </FormField>
      )}
      {isSecret && (
        <FormField label={t.versionStage} description={t.versionStageText}>
          <Input value={stage} spellcheck={false} onChange={({ detail }) => setStage(detail.value)} />
        </FormField>
      )}
      {!isSecret && (
        <FormField label={t.parameterVersion} description={t.parameterVersionText}>
          <Input value={version} spellcheck={false} onChange={({ detail }) => setVersion(detail.value)} />
        </FormField>
      )}
    </Dialog>
  );
}

function option(value: string, label: string, description: string | undefined) {
  return { value, label: isolated(label), ...(description !== undefined && { description: isolated(description) }) };
}
