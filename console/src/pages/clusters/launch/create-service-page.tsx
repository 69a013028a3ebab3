import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useAction } from "../../../data/use-action.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { familyOf, to } from "../../../parts/addresses.ts";
import { useFlash } from "../../../parts/flash.tsx";
import { FormPage } from "../../../parts/form-page.tsx";
import { enteredTags, type TagPair } from "../../../parts/tags.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { ecs } from "../words.ts";
import { CapacityFields } from "./capacity-fields.tsx";
import { ExecField, NetworkFields, TagFields } from "./common-fields.tsx";
import { DefinitionFields, useDefinition } from "./definition-fields.tsx";
import { createServiceInput, emptyService, idsOf, isCount, isFargate, launchTypeOf, type ServiceForm } from "./form.ts";
import { LoadBalancerFields } from "./load-balancer-fields.tsx";
import { isWhole } from "./load-balancers.ts";
import { messages } from "./messages.ts";
import { PlacementFields } from "./placement-fields.tsx";
import { noRotation, tagsOfChoice } from "./rotation-tags.ts";
import { DeploymentFields, RotationFields } from "./service-fields.tsx";

export default function CreateServicePage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const { cluster = "default" } = useParams();
  const [search] = useSearchParams();
  const [typed, setTyped] = useState<ServiceForm>({
    ...emptyService,
    cluster,
    ...familyOf(search.get("taskDefinition") ?? ""),
  });
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [rotation, setRotation] = useState(noRotation);
  const [isTried, setTried] = useState(false);
  const [isChosen, setChosen] = useState(false);
  const change = (part: Partial<ServiceForm>) => {
    if (part.launchType !== undefined) setChosen(true);
    setTyped((current) => ({ ...current, ...part }));
  };
  const read = useDefinition(typed);
  const definition = read.data?.taskDefinition;
  // What the definition was made for, until another one is chosen.
  const form = isChosen ? typed : { ...typed, launchType: launchTypeOf(definition) ?? typed.launchType };
  const hasNetwork = definition?.networkMode === "awsvpc";
  const isNamed = /^[A-Za-z0-9_-]{1,255}$/.test(form.name);
  const create = useAction((api) =>
    api.call(
      "ecs",
      "CreateService",
      createServiceInput(form, definition, [...enteredTags(tags), ...tagsOfChoice(rotation)]),
    ),
  );

  /** AWS's defaults of the two kinds of services. */
  function choose(strategyOfService: ServiceForm["strategyOfService"]): void {
    const percents =
      strategyOfService === "DAEMON" ? { minimum: "0", maximum: "100" } : { minimum: "100", maximum: "200" };
    change({ strategyOfService, ...percents });
  }

  async function submit(): Promise<void> {
    setTried(true);
    const counts = [form.minimum, form.maximum, ...(form.strategyOfService === "REPLICA" ? [form.count] : [])];
    if (!isNamed || form.family === "" || !counts.every(isCount)) return;
    if (form.gracePeriod !== "" && !isCount(form.gracePeriod)) return;
    if (!form.loadBalancers.every(isWhole)) return;
    if (hasNetwork && idsOf(form.subnets).length === 0) return;
    if (!(await create.run())) return;
    flash({ type: "success", text: t.created(form.name) });
    await navigate(to.service(form.cluster, form.name));
  }

  return (
    <FormPage
      title={e.createService}
      breadcrumbs={[
        { text: e.service, to: "/ecs/clusters" },
        { text: e.clusters, to: "/ecs/clusters" },
        { text: form.cluster, to: to.cluster(form.cluster) },
      ]}
      submitText={words.create}
      cancelTo={to.cluster(form.cluster)}
      isRunning={create.isRunning || read.isLoading}
      error={create.error ?? read.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{t.serviceDetails}</Header>}>
        <SpaceBetween size="l">
          <DefinitionFields form={form} change={change} isTried={isTried} />
          <TextField
            label={t.serviceName}
            constraint={t.serviceNameText}
            value={form.name}
            error={isTried && !isNamed ? t.serviceNameText : undefined}
            onChange={(name) => change({ name })}
          />
        </SpaceBetween>
      </Container>
      <CapacityFields form={form} change={change} isNew />
      <Container header={<Header variant="h2">{t.deployment}</Header>}>
        <SpaceBetween size="l">
          <FormField label={t.serviceType}>
            <RadioGroup
              value={form.strategyOfService}
              onChange={({ detail }) => choose(detail.value as ServiceForm["strategyOfService"])}
              items={[
                { value: "REPLICA", label: t.replica, description: t.replicaText },
                { value: "DAEMON", label: t.daemon, description: t.daemonText },
              ]}
            />
          </FormField>
          {form.strategyOfService === "REPLICA" && (
            <>
              <TextField
                label={t.desired}
                value={form.count}
                error={isTried && !isCount(form.count) ? t.countWrong : undefined}
                onChange={(count) => change({ count })}
              />
              {!isFargate(form) && <PlacementFields form={form} change={change} />}
            </>
          )}
          <ExecField form={form} change={change} />
        </SpaceBetween>
      </Container>
      <DeploymentFields form={form} change={change} isTried={isTried} />
      <RotationFields choice={rotation} onChange={setRotation} />
      <LoadBalancerFields form={form} change={change} definition={definition} isTried={isTried} />
      {hasNetwork && <NetworkFields form={form} change={change} isTried={isTried} />}
      <TagFields form={form} change={change} tags={tags} onTags={setTags} sources={["TASK_DEFINITION", "SERVICE"]} />
    </FormPage>
  );
}
