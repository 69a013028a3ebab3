import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import type { Change } from "./form.ts";
import { messages } from "./messages.ts";
import {
  type ConstraintRule,
  constraintTypes,
  type PlacementForm,
  type StrategyRule,
  strategyTypes,
} from "./placement.ts";

/** Most that the API takes. */
const most = { strategies: 5, constraints: 10 };

export interface PlacementFieldsProps {
  readonly form: PlacementForm;
  readonly change: Change<PlacementForm>;
}

/** On which of the machines that have room. */
export function PlacementFields({ form, change }: PlacementFieldsProps) {
  const t = useMessages(messages);
  const options = [
    { value: "none", label: t.placementNone },
    { value: "spread", label: t.placementSpread },
    { value: "binpack", label: t.placementBinpack },
    { value: "distinct", label: t.placementDistinct },
    { value: "custom", label: t.placementCustom },
  ];
  return (
    <SpaceBetween size="l">
      <FormField label={t.placement}>
        <Select
          selectedOption={options.find(({ value }) => value === form.placement) ?? null}
          options={options}
          onChange={({ detail }) => change({ placement: detail.selectedOption.value as PlacementForm["placement"] })}
        />
      </FormField>
      {form.placement === "custom" && (
        <>
          <Rules<StrategyRule, "field">
            label={t.placementStrategy}
            addText={t.addStrategy}
            types={strategyTypes}
            value={{ member: "field", label: t.placementField, placeholder: "attribute:ecs.availability-zone" }}
            isPlain={({ type }) => type === "random"}
            rules={form.strategies}
            most={most.strategies}
            first={{ type: "spread", field: "instanceId" }}
            onChange={(strategies) => change({ strategies })}
          />
          <Rules<ConstraintRule, "expression">
            label={t.placementConstraint}
            addText={t.addConstraint}
            types={constraintTypes}
            value={{ member: "expression", label: t.placementExpression, placeholder: "attribute:stage == prod" }}
            isPlain={({ type }) => type === "distinctInstance"}
            rules={form.constraints}
            most={most.constraints}
            first={{ type: "memberOf", expression: "" }}
            onChange={(constraints) => change({ constraints })}
          />
        </>
      )}
    </SpaceBetween>
  );
}

interface RulesProps<Rule extends { readonly type: string }, Member extends keyof Rule & string> {
  readonly label: string;
  readonly addText: string;
  readonly types: readonly Rule["type"][];
  readonly value: { readonly member: Member; readonly label: string; readonly placeholder: string };
  /** True for a rule whose type is all of it. */
  readonly isPlain: (rule: Rule) => boolean;
  readonly rules: readonly Rule[];
  readonly most: number;
  readonly first: Rule;
  readonly onChange: (rules: readonly Rule[]) => void;
}

/** Rules of a type and, for most types, a value. */
function Rules<Rule extends { readonly type: string }, Member extends keyof Rule & string>(
  props: RulesProps<Rule, Member>,
) {
  const { label, addText, types, value, isPlain, rules, most, first, onChange } = props;
  const words = useMessages(common);
  const set = (index: number, part: object) =>
    onChange(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  return (
    <FormField label={label} stretch>
      <AttributeEditor<Rule>
        items={[...rules]}
        addButtonText={addText}
        removeButtonText={words.remove}
        disableAddButton={rules.length >= most}
        empty={words.none}
        onAddButtonClick={() => onChange([...rules, first])}
        onRemoveButtonClick={({ detail }) => onChange(rules.filter((_, index) => index !== detail.itemIndex))}
        definition={[
          {
            label: words.type,
            control: ({ type }, index) => (
              <Select
                ariaLabel={`${label}: ${words.type}`}
                selectedOption={{ value: type, label: type }}
                options={types.map((one) => ({ value: one, label: one }))}
                onChange={({ detail }) => set(index, { type: detail.selectedOption.value })}
              />
            ),
          },
          {
            label: value.label,
            control: (rule, index) => (
              <Input
                ariaLabel={value.label}
                placeholder={value.placeholder}
                disabled={isPlain(rule)}
                autoComplete={false}
                spellcheck={false}
                value={isPlain(rule) ? "" : String(rule[value.member])}
                onChange={({ detail }) => set(index, { [value.member]: detail.value })}
              />
            ),
          },
        ]}
      />
    </FormField>
  );
}
