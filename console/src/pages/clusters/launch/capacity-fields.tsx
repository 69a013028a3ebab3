import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { messageOf } from "../../../api/error.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { isolated } from "../../../parts/text.tsx";
import { useClusters } from "../reads.ts";
import { ecs } from "../words.ts";
import type { Change, LaunchForm, LaunchType, StrategyItem } from "./form.ts";
import { messages } from "./messages.ts";

/** The cluster, and what of it the tasks run on. */
export function CapacityFields({
  form,
  change,
  isNew,
}: {
  readonly form: LaunchForm;
  readonly change: Change<LaunchForm>;
  /** False for a service that is there, which keeps its cluster and launch type. */
  readonly isNew: boolean;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const clusters = useClusters();
  const providers = clusters.data?.find(({ clusterName }) => clusterName === form.cluster)?.capacityProviders ?? [];
  return (
    <Container header={<Header variant="h2">{t.environment}</Header>}>
      <SpaceBetween size="l">
        <FormField label={t.existingCluster}>
          <Select
            disabled={!isNew}
            selectedOption={form.cluster === "" ? null : { value: form.cluster, label: isolated(form.cluster) }}
            options={(clusters.data ?? [])
              .filter(({ status }) => status === "ACTIVE")
              .map(({ clusterName = "" }) => ({ value: clusterName, label: isolated(clusterName) }))}
            filteringType="auto"
            statusType={clusters.error ? "error" : clusters.isPending ? "loading" : "finished"}
            errorText={clusters.error ? messageOf(clusters.error) : ""}
            onChange={({ detail }) => change({ cluster: detail.selectedOption.value ?? "" })}
          />
        </FormField>
        <FormField label={t.compute} stretch>
          <RadioGroup
            value={form.compute}
            onChange={({ detail }) => change({ compute: detail.value as LaunchForm["compute"] })}
            items={[
              { value: "strategy", label: t.strategy, description: t.strategyText },
              { value: "launchType", label: e.launchType, description: t.launchTypeText },
            ]}
          />
        </FormField>
        {form.compute === "strategy" ? (
          <StrategyEditor
            providers={providers}
            strategy={form.strategy}
            onChange={(strategy) => change({ strategy })}
          />
        ) : (
          <FormField label={e.launchType}>
            <Select
              disabled={!isNew}
              selectedOption={{ value: form.launchType, label: form.launchType }}
              options={(["FARGATE", "EC2", "EXTERNAL"] as const).map((value) => ({ value, label: value }))}
              onChange={({ detail }) => change({ launchType: detail.selectedOption.value as LaunchType })}
            />
          </FormField>
        )}
        {form.compute === "launchType" && form.launchType === "FARGATE" && (
          <FormField label={e.platformVersion}>
            <Select
              selectedOption={{ value: form.platformVersion, label: form.platformVersion }}
              options={["LATEST", "1.4.0", "1.3.0"].map((value) => ({ value, label: value }))}
              onChange={({ detail }) => change({ platformVersion: detail.selectedOption.value ?? "LATEST" })}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  );
}

function StrategyEditor({
  providers,
  strategy,
  onChange,
}: {
  readonly providers: readonly string[];
  readonly strategy: readonly StrategyItem[];
  readonly onChange: (strategy: readonly StrategyItem[]) => void;
}) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const set = (index: number, part: Partial<StrategyItem>) =>
    onChange(strategy.map((item, at) => (at === index ? { ...item, ...part } : item)));
  return (
    <AttributeEditor<StrategyItem>
      items={[...strategy]}
      addButtonText={t.addProvider}
      removeButtonText={words.remove}
      empty={t.strategyText}
      onAddButtonClick={() => onChange([...strategy, { provider: providers[0] ?? "", weight: "1", base: "0" }])}
      onRemoveButtonClick={({ detail }) => onChange(strategy.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: t.provider,
          control: ({ provider }, index) => (
            <Select
              ariaLabel={t.provider}
              selectedOption={provider === "" ? null : { value: provider, label: provider }}
              options={providers.map((value) => ({ value, label: value }))}
              onChange={({ detail }) => set(index, { provider: detail.selectedOption.value ?? "" })}
            />
          ),
        },
        {
          label: t.base,
          control: ({ base }, index) => (
            <Input
              type="number"
              inputMode="numeric"
              ariaLabel={t.base}
              value={base}
              onChange={({ detail }) => set(index, { base: detail.value })}
            />
          ),
        },
        {
          label: t.weight,
          control: ({ weight }, index) => (
            <Input
              type="number"
              inputMode="numeric"
              ariaLabel={t.weight}
              value={weight}
              onChange={({ detail }) => set(index, { weight: detail.value })}
            />
          ),
        },
      ]}
    />
  );
}
