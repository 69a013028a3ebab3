import type { ParameterType } from "@aws-sdk/client-ssm";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { KeySelect } from "../../parts/key-select.tsx";
import { OptionalLabel } from "../../parts/optional-label.tsx";
import { enteredTags, type TagPair, TagsEditor } from "../../parts/tags.tsx";
import { messages } from "./messages.ts";
import type { Tier } from "./parameter-name.ts";
import { ValueField } from "./value-field.tsx";

const defaultAlias = "alias/aws/ssm";

export default function CreateParameterPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const [search] = useSearchParams();
  const [name, setName] = useState(search.get("path") ?? "");
  const [description, setDescription] = useState("");
  const [tier, setTier] = useState<Tier>("Standard");
  const [type, setType] = useState<ParameterType>("String");
  const [key, setKey] = useState(defaultAlias);
  const [dataType, setDataType] = useState("text");
  const [value, setValue] = useState("");
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [isTried, setTried] = useState(false);
  const create = useAction(async (api) => {
    const entered = enteredTags(tags);
    await api.call("ssm", "PutParameter", {
      Name: name,
      Value: value,
      Type: type,
      Tier: tier,
      ...(description !== "" && { Description: description }),
      ...(type === "SecureString" && key !== defaultAlias && { KeyId: key }),
      ...(type !== "SecureString" && { DataType: dataType }),
      ...(entered.length > 0 && { Tags: entered.map((tag) => ({ Key: tag.key, Value: tag.value })) }),
    });
    return true;
  });

  async function submit(): Promise<void> {
    setTried(true);
    if (name === "" || value === "" || !(await create.run())) return;
    flash({ type: "success", text: t.created(name) });
    await navigate(to.parameter(name));
  }

  return (
    <FormPage
      title={t.create}
      breadcrumbs={[
        { text: t.service, to: "/systems-manager/parameters" },
        { text: t.store, to: "/systems-manager/parameters" },
      ]}
      submitText={t.create}
      cancelTo="/systems-manager/parameters"
      isRunning={create.isRunning}
      error={create.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{t.parameterDetails}</Header>}>
        <SpaceBetween size="l">
          <FormField
            label={t.name}
            description={t.nameText}
            errorText={isTried && name === "" ? words.required : undefined}
          >
            <Input
              value={name}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setName(detail.value)}
            />
          </FormField>
          <FormField label={<OptionalLabel>{t.description}</OptionalLabel>}>
            <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
          </FormField>
          <FormField label={t.tier}>
            <RadioGroup
              value={tier}
              onChange={({ detail }) => setTier(detail.value as Tier)}
              items={[
                { value: "Standard", label: t.standard, description: t.standardText },
                { value: "Advanced", label: t.advanced, description: t.advancedText },
              ]}
            />
          </FormField>
          <FormField label={words.type}>
            <RadioGroup
              value={type}
              onChange={({ detail }) => setType(detail.value as ParameterType)}
              items={[
                { value: "String", label: t.string, description: t.stringText },
                { value: "StringList", label: t.stringList, description: t.stringListText },
                { value: "SecureString", label: t.secureString, description: t.secureStringText },
              ]}
            />
          </FormField>
          {type === "SecureString" ? (
            <FormField label={t.keyId} description={t.keyText}>
              <KeySelect value={key} onChange={setKey} defaultAlias={defaultAlias} />
            </FormField>
          ) : (
            <FormField label={t.dataType}>
              <RadioGroup
                value={dataType}
                onChange={({ detail }) => setDataType(detail.value)}
                items={[
                  { value: "text", label: "text" },
                  { value: "aws:ec2:image", label: "aws:ec2:image" },
                ]}
              />
            </FormField>
          )}
          <ValueField
            value={value}
            onChange={setValue}
            isSecret={type === "SecureString"}
            tier={tier}
            isMissing={isTried && value === ""}
          />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{words.tags}</Header>}>
        <TagsEditor tags={tags} onChange={setTags} />
      </Container>
    </FormPage>
  );
}
