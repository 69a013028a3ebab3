import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { to } from "../../../parts/addresses.ts";
import { DetailsPage } from "../../../parts/details-page.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { FormPage } from "../../../parts/form-page.tsx";
import { tagPairs } from "../../../parts/tags.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { useService } from "../reads.ts";
import type { Service } from "../types.ts";
import { ecs } from "../words.ts";
import { CapacityFields } from "./capacity-fields.tsx";
import { ExecField, NetworkFields, TagFields } from "./common-fields.tsx";
import { DefinitionFields, useDefinition } from "./definition-fields.tsx";
import { formOf, idsOf, isCount, isFargate, type ServiceForm, updateServiceInput } from "./form.ts";
import { LoadBalancerFields } from "./load-balancer-fields.tsx";
import { isWhole } from "./load-balancers.ts";
import { messages } from "./messages.ts";
import { PlacementFields } from "./placement-fields.tsx";
import { choiceOfTags, rotationTags, tagsOfChoice } from "./rotation-tags.ts";
import { DeploymentFields, RotationFields } from "./service-fields.tsx";

export default function UpdateServicePage() {
  const e = useMessages(ecs);
  const { cluster = "", service = "" } = useParams();
  const read = useService(cluster, service, false);
  // The form is the service's as it was when it was opened: what is typed is not lost to a later look.
  if (read.data) return <UpdateForm key={read.data.serviceArn} cluster={cluster} service={read.data} />;
  return (
    <DetailsPage title={e.updateService} breadcrumbs={crumbs(e, cluster, service)} read={read}>
      {() => null}
    </DetailsPage>
  );
}

function crumbs(e: { readonly service: string; readonly clusters: string }, cluster: string, service: string) {
  return [
    { text: e.service, to: "/ecs/clusters" },
    { text: e.clusters, to: "/ecs/clusters" },
    { text: cluster, to: to.cluster(cluster) },
    { text: service, to: to.service(cluster, service) },
  ];
}

function UpdateForm({ cluster, service }: { readonly cluster: string; readonly service: Service }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const navigate = useNavigate();
  const flash = useFlash();
  const [before] = useState(() => ({ form: formOf(service, cluster), rotation: choiceOfTags(tagPairs(service.tags)) }));
  const [form, setForm] = useState<ServiceForm>(before.form);
  const [rotation, setRotation] = useState(before.rotation);
  const [isTried, setTried] = useState(false);
  const change = (part: Partial<ServiceForm>) => setForm((current) => ({ ...current, ...part }));
  const read = useDefinition(form);
  const definition = read.data?.taskDefinition;
  const hasNetwork = definition?.networkMode === "awsvpc";
  const isReplica = form.strategyOfService === "REPLICA";
  const here = to.service(cluster, form.name);
  const update = useAction(async (api) => {
    // The tags first: they count for the deployment that the update begins.
    if (JSON.stringify(rotation) !== JSON.stringify(before.rotation)) {
      const resourceArn = service.serviceArn ?? "";
      const tags = tagsOfChoice(rotation);
      const gone = rotationTags.filter((key) => !tags.some((tag) => tag.key === key));
      if (gone.length > 0) await api.call("ecs", "UntagResource", { resourceArn, tagKeys: gone });
      if (tags.length > 0) await api.call("ecs", "TagResource", { resourceArn, tags: [...tags] });
    }
    return api.call("ecs", "UpdateService", updateServiceInput(form, before.form, definition));
  });

  async function submit(): Promise<void> {
    setTried(true);
    if (![form.minimum, form.maximum, form.count].every(isCount)) return;
    if (form.gracePeriod !== "" && !isCount(form.gracePeriod)) return;
    if (form.loadBalancers !== before.form.loadBalancers && !form.loadBalancers.every(isWhole)) return;
    if (form.family === "" || (hasNetwork && idsOf(form.subnets).length === 0)) return;
    if (!(await update.run())) return;
    flash({ type: "success", text: t.updated(form.name) });
    await navigate(here);
  }

  return (
    <FormPage
      title={t.updateTitle(form.name)}
      breadcrumbs={crumbs(e, cluster, form.name)}
      submitText={t.update}
      cancelTo={here}
      isRunning={update.isRunning || read.isLoading}
      error={update.error ?? read.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{t.deployment}</Header>}>
        <SpaceBetween size="l">
          <Checkbox
            checked={form.force}
            description={t.forceText}
            onChange={({ detail }) => change({ force: detail.checked })}
          >
            {e.forceNewDeployment}
          </Checkbox>
          <DefinitionFields form={form} change={change} isTried={isTried} />
          {isReplica ? (
            <TextField
              label={t.desired}
              value={form.count}
              error={isTried && !isCount(form.count) ? t.countWrong : undefined}
              onChange={(count) => change({ count })}
            />
          ) : (
            <Alert type="info">{t.daemonText}</Alert>
          )}
          {isReplica && !isFargate(form) && <PlacementFields form={form} change={change} />}
          <ExecField form={form} change={change} />
        </SpaceBetween>
      </Container>
      <DeploymentFields form={form} change={change} isTried={isTried} />
      <RotationFields choice={rotation} onChange={setRotation} />
      <CapacityFields form={form} change={change} isNew={false} />
      <LoadBalancerFields form={form} change={change} definition={definition} isTried={isTried} />
      {hasNetwork && <NetworkFields form={form} change={change} isTried={isTried} />}
      <TagFields form={form} change={change} tags={[]} sources={["TASK_DEFINITION", "SERVICE"]} />
    </FormPage>
  );
}
