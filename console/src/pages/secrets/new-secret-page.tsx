import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard from "@cloudscape-design/components/wizard";
import { useState } from "react";
import { useNavigate } from "react-router";
import { messageOf } from "../../api/error.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Details } from "../../parts/details.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { KeySelect } from "../../parts/key-select.tsx";
import { OptionalLabel } from "../../parts/optional-label.tsx";
import { Page } from "../../parts/page.tsx";
import { Problem } from "../../parts/problem.tsx";
import { enteredTags, type TagPair, TagsEditor } from "../../parts/tags.tsx";
import { Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";
import { isComplete, noRotation, RotationFields, rotationInput } from "./rotation-fields.tsx";
import { ValueEditor } from "./value-editor.tsx";

const defaultAlias = "alias/aws/secretsmanager";

export default function NewSecretPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const [step, setStep] = useState(0);
  const [isTried, setTried] = useState(false);
  const [value, setValue] = useState("");
  const [isValid, setValid] = useState(true);
  const [key, setKey] = useState(defaultAlias);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [rotation, setRotation] = useState(noRotation);
  const store = useAction(async (api) => {
    const entered = enteredTags(tags);
    const { ARN = name } = await api.call("secretsmanager", "CreateSecret", {
      Name: name,
      SecretString: value,
      ...(description !== "" && { Description: description }),
      ...(key !== defaultAlias && { KmsKeyId: key }),
      ...(entered.length > 0 && { Tags: entered.map((tag) => ({ Key: tag.key, Value: tag.value })) }),
    });
    if (!rotation.isAutomatic) return { arn: ARN, refusal: undefined };
    try {
      await api.call("secretsmanager", "RotateSecret", { SecretId: ARN, ...rotationInput(rotation) });
      return { arn: ARN, refusal: undefined };
    } catch (refusal) {
      return { arn: ARN, refusal };
    }
  });

  /** True for each step if nothing is missing in it. */
  const isDone = [value !== "" && isValid, name !== "", isComplete(rotation), true];

  async function submit(): Promise<void> {
    const stored = await store.run();
    if (!stored) return;
    flash({ type: "success", text: t.stored(name) });
    if (!stored.refusal) return void navigate(to.secret(stored.arn));
    // The secret is there: a rotation that was refused can be configured on its page.
    flash({ type: "error", header: t.configureRotation, text: messageOf(stored.refusal) });
    await navigate(`${to.secret(stored.arn)}?tab=rotation`);
  }

  return (
    <Page
      title={t.storeNew}
      breadcrumbs={[
        { text: t.service, to: "/secretsmanager/secrets" },
        { text: t.secrets, to: "/secretsmanager/secrets" },
      ]}
      contentType="wizard"
    >
      <Wizard
        i18nStrings={{ cancelButton: words.cancel, previousButton: words.back, nextButton: words.next }}
        submitButtonText={t.store}
        isLoadingNextStep={store.isRunning}
        activeStepIndex={step}
        onCancel={() => void navigate("/secretsmanager/secrets")}
        onSubmit={() => void submit()}
        onNavigate={({ detail }) => {
          const isForward = detail.requestedStepIndex > step;
          setTried(isForward && !isDone[step]);
          if (!isForward || isDone[step]) setStep(detail.requestedStepIndex);
        }}
        steps={[
          {
            title: t.chooseType,
            content: (
              <Container header={<Header variant="h2">{t.keyValuePairs}</Header>}>
                <SpaceBetween size="l">
                  <FormField stretch errorText={isTried && value === "" ? words.required : undefined}>
                    <ValueEditor value={value} onChange={setValue} onValid={setValid} />
                  </FormField>
                  <FormField label={t.encryptionKey} description={t.encryptionKeyText}>
                    <KeySelect value={key} onChange={setKey} defaultAlias={defaultAlias} />
                  </FormField>
                </SpaceBetween>
              </Container>
            ),
          },
          {
            title: t.configure,
            content: (
              <SpaceBetween size="l">
                <Container header={<Header variant="h2">{t.secretDetails}</Header>}>
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
                    <FormField label={<OptionalLabel>{t.describe}</OptionalLabel>}>
                      <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
                    </FormField>
                  </SpaceBetween>
                </Container>
                <Container header={<Header variant="h2">{words.tags}</Header>}>
                  <TagsEditor tags={tags} onChange={setTags} />
                </Container>
              </SpaceBetween>
            ),
          },
          {
            title: t.configureRotation,
            isOptional: true,
            content: (
              <Container>
                <RotationFields rotation={rotation} onChange={setRotation} isTried={isTried} />
              </Container>
            ),
          },
          {
            title: t.review,
            content: (
              <SpaceBetween size="l">
                <Details
                  title={t.secretDetails}
                  items={[
                    { label: t.name, value: <Text>{name}</Text> },
                    { label: t.describe, value: <Text>{description}</Text> },
                    { label: t.encryptionKey, value: key },
                    { label: t.secretValue, value: t.valueCovered },
                    { label: t.rotation, value: rotation.isAutomatic ? t.enabled : t.disabled },
                    {
                      label: words.tags,
                      value: (
                        <Text>
                          {enteredTags(tags)
                            .map((tag) => `${tag.key}=${tag.value}`)
                            .join(", ")}
                        </Text>
                      ),
                    },
                  ]}
                />
                <Problem error={store.error} />
              </SpaceBetween>
            ),
          },
        ]}
      />
    </Page>
  );
}
