import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { isolated } from "../../../parts/text.tsx";
import type { TaskDefinition } from "../types.ts";
import { ecs } from "../words.ts";
import type { Change } from "./form.ts";
import { firstLoadBalancer, isPort, type LoadBalancerItem, type LoadBalancingForm, portsOf } from "./load-balancers.ts";
import { messages } from "./messages.ts";

/** An ARN takes more room than a port; on a narrow page each has a row. */
const layout = [{ breakpoint: "s", rows: [[3, 5, 3, 2]] }, { rows: [[1], [1], [1], [1]] }] as const;

export interface LoadBalancerFieldsProps {
  readonly form: LoadBalancingForm;
  readonly change: Change<LoadBalancingForm>;
  /** Whose containers are suggested. Who may not read it types their names. */
  readonly definition: TaskDefinition | undefined;
  readonly isTried: boolean;
}

/** The target groups and load balancers with which the service's tasks are registered. */
export function LoadBalancerFields({ form, change, definition, isTried }: LoadBalancerFieldsProps) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const containers = portsOf(definition?.containerDefinitions);
  const { loadBalancers } = form;
  const kinds = { targetGroup: e.targetGroup, classic: e.classicLoadBalancer };
  const set = (index: number, part: Partial<LoadBalancerItem>) =>
    change({ loadBalancers: loadBalancers.map((item, at) => (at === index ? { ...item, ...part } : item)) });
  const missing = (text: string) => (isTried && text.trim() === "" ? words.required : undefined);
  return (
    <Container
      header={
        <Header variant="h2" description={t.loadBalancingText}>
          {e.loadBalancing}
        </Header>
      }
    >
      <AttributeEditor<LoadBalancerItem>
        items={[...loadBalancers]}
        addButtonText={t.addLoadBalancer}
        removeButtonText={words.remove}
        empty={words.none}
        onAddButtonClick={() => change({ loadBalancers: [...loadBalancers, firstLoadBalancer(containers)] })}
        onRemoveButtonClick={({ detail }) =>
          change({ loadBalancers: loadBalancers.filter((_, index) => index !== detail.itemIndex) })
        }
        gridLayout={layout}
        definition={[
          {
            label: words.type,
            control: ({ kind, advanced }, index) => (
              <Select
                ariaLabel={`${e.loadBalancing}: ${words.type}`}
                // What blue/green deployments shift between are target groups.
                disabled={advanced !== undefined}
                selectedOption={{ value: kind, label: kinds[kind] }}
                options={(["targetGroup", "classic"] as const).map((value) => ({ value, label: kinds[value] }))}
                onChange={({ detail }) => set(index, { kind: detail.selectedOption.value as LoadBalancerItem["kind"] })}
              />
            ),
          },
          {
            label: t.loadBalancerTarget,
            errorText: ({ target }) => missing(target),
            control: ({ kind, target }, index) => (
              <Input
                ariaLabel={t.loadBalancerTarget}
                placeholder={kind === "classic" ? "" : "arn:aws:elasticloadbalancing:…"}
                autoComplete={false}
                spellcheck={false}
                value={target}
                onChange={({ detail }) => set(index, { target: detail.value })}
              />
            ),
          },
          {
            label: e.container,
            errorText: ({ container }) => missing(container),
            control: ({ container }, index) => (
              <Autosuggest
                ariaLabel={e.container}
                value={container}
                options={containers.map(({ name }) => ({ value: name, label: isolated(name) }))}
                onChange={({ detail }) => set(index, { container: detail.value })}
              />
            ),
          },
          {
            label: e.containerPort,
            errorText: ({ port }) => missing(port) ?? (isTried && !isPort(port) ? t.portWrong : undefined),
            control: ({ container, port }, index) => (
              <Autosuggest
                ariaLabel={e.containerPort}
                value={port}
                options={(containers.find(({ name }) => name === container)?.ports ?? []).map((one) => ({
                  value: String(one),
                }))}
                onChange={({ detail }) => set(index, { port: detail.value })}
              />
            ),
          },
        ]}
      />
    </Container>
  );
}
