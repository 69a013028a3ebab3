import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import Wizard from "@cloudscape-design/components/wizard";
import { useState } from "react";
import { useNavigate } from "react-router";
import { messageOf } from "../../../api/error.ts";
import { useAction } from "../../../data/use-action.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { useFlash } from "../../../parts/flash.tsx";
import { jsonMessages, jsonProblem } from "../../../parts/json-problem.ts";
import { OptionalLabel } from "../../../parts/optional-label.tsx";
import { Page } from "../../../parts/page.tsx";
import { PolicyEditor } from "../../../parts/policy-editor.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { enteredTags, type TagPair, TagsEditor } from "../../../parts/tags.tsx";
import { Text } from "../../../parts/text.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { PolicyChoice } from "../policy-choice.tsx";
import { messages } from "./messages.ts";
import { trustOf, useCases } from "./trust.ts";

export default function CreateRolePage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const syntax = useMessages(jsonMessages);
  const navigate = useNavigate();
  const flash = useFlash();
  const [step, setStep] = useState(0);
  const [isTried, setTried] = useState(false);
  const [entity, setEntity] = useState("service");
  const [service, setService] = useState(useCases[0]?.service ?? "");
  const [custom, setCustom] = useState(trustOf("ecs-tasks.amazonaws.com"));
  const [policies, setPolicies] = useState<readonly string[]>([]);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const trust = entity === "service" ? trustOf(service) : custom;
  const create = useAction(async (api) => {
    const entered = enteredTags(tags);
    await api.call("iam", "CreateRole", {
      RoleName: name,
      AssumeRolePolicyDocument: trust,
      ...(description !== "" && { Description: description }),
      ...(entered.length > 0 && { Tags: entered.map((tag) => ({ Key: tag.key, Value: tag.value })) }),
    });
    try {
      for (const arn of policies) await api.call("iam", "AttachRolePolicy", { RoleName: name, PolicyArn: arn });
      return { refusal: undefined };
    } catch (refusal) {
      return { refusal };
    }
  });

  async function submit(): Promise<void> {
    setTried(true);
    const created = name === "" ? undefined : await create.run();
    if (!created) return;
    flash({ type: "success", text: t.created(name) });
    // The role is there: policies that were refused can be attached on its page.
    if (created.refusal) flash({ type: "error", header: t.addPermissions, text: messageOf(created.refusal) });
    await navigate(to.role(name));
  }

  const cases = {
    "ecs-task": [t.useCaseTask, t.useCaseTaskText],
    ecs: [t.useCaseEcs, t.useCaseEcsText],
    ec2: [t.useCaseEc2, t.useCaseEc2Text],
  } as const;
  return (
    <Page
      title={t.createRole}
      breadcrumbs={[
        { text: "IAM", to: "/iam/roles" },
        { text: t.roles, to: "/iam/roles" },
      ]}
      contentType="wizard"
    >
      <Wizard
        i18nStrings={{ cancelButton: words.cancel, previousButton: words.back, nextButton: words.next }}
        submitButtonText={t.createRole}
        isLoadingNextStep={create.isRunning}
        activeStepIndex={step}
        onCancel={() => void navigate("/iam/roles")}
        onSubmit={() => void submit()}
        onNavigate={({ detail }) => {
          const isForward = detail.requestedStepIndex > step;
          if (!isForward || step !== 0 || !jsonProblem(trust, syntax)) setStep(detail.requestedStepIndex);
        }}
        steps={[
          {
            title: t.selectTrusted,
            content: (
              <SpaceBetween size="l">
                <Container header={<Header variant="h2">{t.entityType}</Header>}>
                  <Tiles
                    value={entity}
                    ariaLabel={t.entityType}
                    onChange={({ detail }) => setEntity(detail.value)}
                    items={[
                      { value: "service", label: t.serviceEntity, description: t.serviceEntityText },
                      { value: "custom", label: t.customTrust, description: t.customTrustText },
                    ]}
                  />
                </Container>
                {entity === "service" ? (
                  <Container header={<Header variant="h2">{t.useCase}</Header>}>
                    <RadioGroup
                      value={service}
                      ariaLabel={t.useCase}
                      onChange={({ detail }) => setService(detail.value)}
                      items={useCases.map((useCase) => {
                        const [label, text] = cases[useCase.id as keyof typeof cases];
                        return { value: useCase.service, label, description: text };
                      })}
                    />
                  </Container>
                ) : (
                  <Container header={<Header variant="h2">{t.customTrust}</Header>}>
                    <PolicyEditor kind="trust" value={custom} onChange={setCustom} ariaLabel={t.customTrust} />
                  </Container>
                )}
              </SpaceBetween>
            ),
          },
          {
            title: t.addPermissions,
            isOptional: true,
            content: <PolicyChoice chosen={policies} onChange={setPolicies} />,
          },
          {
            title: t.nameReview,
            content: (
              <SpaceBetween size="l">
                <Container header={<Header variant="h2">{t.roleDetails}</Header>}>
                  <SpaceBetween size="l">
                    <TextField
                      label={t.roleName}
                      description={t.roleNameText}
                      value={name}
                      error={isTried && name === "" ? words.required : undefined}
                      onChange={setName}
                    />
                    <FormField label={<OptionalLabel>{words.description}</OptionalLabel>}>
                      <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
                    </FormField>
                  </SpaceBetween>
                </Container>
                <Container header={<Header variant="h2">{t.selectTrusted}</Header>}>
                  <PolicyEditor kind="trust" value={trust} readOnly rows={14} ariaLabel={t.selectTrusted} />
                </Container>
                <Container header={<Header variant="h2">{t.permissionsPolicies}</Header>}>
                  <Text>{policies.map(nameOf).join(", ")}</Text>
                </Container>
                <Container header={<Header variant="h2">{words.tags}</Header>}>
                  <TagsEditor tags={tags} onChange={setTags} />
                </Container>
                <Problem error={create.error} />
              </SpaceBetween>
            ),
          },
        ]}
      />
    </Page>
  );
}
