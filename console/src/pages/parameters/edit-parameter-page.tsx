import type { ParameterMetadata } from "@aws-sdk/client-ssm";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { OptionalLabel } from "../../parts/optional-label.tsx";
import { messages } from "./messages.ts";
import { tierText } from "./parameter-name.ts";
import { useParameter } from "./use-parameter.ts";
import { ValueField } from "./value-field.tsx";

export default function EditParameterPage() {
  const t = useMessages(messages);
  const { name = "" } = useParams();
  const read = useParameter(name);
  if (read.data) return <EditParameter parameter={read.data} />;
  return (
    <DetailsPage title={t.editTitle(name)} breadcrumbs={crumbs(t, name)} read={read}>
      {() => null}
    </DetailsPage>
  );
}

function crumbs(t: { readonly service: string; readonly store: string }, name: string) {
  return [
    { text: t.service, to: "/systems-manager/parameters" },
    { text: t.store, to: "/systems-manager/parameters" },
    { text: name, to: to.parameter(name) },
  ];
}

function EditParameter({ parameter }: { readonly parameter: Wire<ParameterMetadata> }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const { Name = "", Type = "String", Tier, KeyId } = parameter;
  const [description, setDescription] = useState(parameter.Description ?? "");
  const [value, setValue] = useState("");
  const [isTried, setTried] = useState(false);
  const save = useAction((api) =>
    api.call("ssm", "PutParameter", {
      ...{ Name, Value: value, Description: description, Type, Overwrite: true },
      ...(Type === "SecureString" && KeyId !== undefined && { KeyId }),
    }),
  );
  async function submit(): Promise<void> {
    setTried(true);
    const saved = value === "" ? undefined : await save.run();
    if (!saved) return;
    flash({ type: "success", text: t.saved(Name, saved.Version ?? 0) });
    await navigate(to.parameter(Name));
  }
  return (
    <FormPage
      title={t.editTitle(Name)}
      breadcrumbs={crumbs(t, Name)}
      submitText={words.save}
      cancelTo={to.parameter(Name)}
      isRunning={save.isRunning}
      error={save.error}
      onSubmit={() => void submit()}
    >
      <Details
        title={t.parameterDetails}
        items={[
          { label: t.tier, value: tierText(Tier, t) },
          { label: t.dataType, value: parameter.DataType },
          { label: t.keyId, value: KeyId },
        ]}
      />
      <Container header={<Header variant="h2">{t.value}</Header>}>
        <SpaceBetween size="l">
          <FormField label={<OptionalLabel>{t.description}</OptionalLabel>}>
            <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
          </FormField>
          <ValueField
            value={value}
            onChange={setValue}
            isSecret={Type === "SecureString"}
            tier={Tier === "Advanced" ? "Advanced" : "Standard"}
            isMissing={isTried && value === ""}
            description={t.valueNew}
          />
        </SpaceBetween>
      </Container>
    </FormPage>
  );
}
