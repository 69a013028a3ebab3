import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMessages } from "../../../i18n/messages.ts";
import { TextField } from "../../../parts/text-field.tsx";
import { type Change, isCount, type ServiceForm } from "./form.ts";
import { messages } from "./messages.ts";
import type { RotationChoice } from "./rotation-tags.ts";

/** How old tasks are replaced by new ones, and what becomes of a deployment that fails. */
export function DeploymentFields({
  form,
  change,
  isTried,
}: {
  readonly form: ServiceForm;
  readonly change: Change<ServiceForm>;
  readonly isTried: boolean;
}) {
  const t = useMessages(messages);
  const wrong = (text: string) => (isTried && !isCount(text) ? t.countWrong : undefined);
  return (
    <Container header={<Header variant="h2">{t.options}</Header>}>
      <SpaceBetween size="l">
        <ColumnLayout columns={2}>
          <TextField
            label={t.minimum}
            description={t.minimumText}
            value={form.minimum}
            error={wrong(form.minimum)}
            onChange={(minimum) => change({ minimum })}
          />
          <TextField
            label={t.maximum}
            description={t.maximumText}
            value={form.maximum}
            error={wrong(form.maximum)}
            onChange={(maximum) => change({ maximum })}
          />
        </ColumnLayout>
        <FormField label={t.failure}>
          <SpaceBetween size="xs">
            <Checkbox checked={form.breaker} onChange={({ detail }) => change({ breaker: detail.checked })}>
              {t.breaker}
            </Checkbox>
            <Checkbox
              checked={form.breaker && form.rollback}
              disabled={!form.breaker}
              onChange={({ detail }) => change({ rollback: detail.checked })}
            >
              {t.rollback}
            </Checkbox>
          </SpaceBetween>
        </FormField>
        <TextField
          label={t.gracePeriod}
          isOptional
          constraint={t.gracePeriodText}
          value={form.gracePeriod}
          error={form.gracePeriod === "" ? undefined : wrong(form.gracePeriod)}
          onChange={(gracePeriod) => change({ gracePeriod })}
        />
      </SpaceBetween>
    </Container>
  );
}

/** What becomes of the tasks when their secrets change. */
export function RotationFields({
  choice,
  onChange,
}: {
  readonly choice: RotationChoice;
  readonly onChange: (choice: RotationChoice) => void;
}) {
  const t = useMessages(messages);
  return (
    <Container header={<Header variant="h2">{t.rotation}</Header>}>
      <SpaceBetween size="l">
        <Checkbox
          checked={choice.redeploys}
          description={t.redeployText}
          onChange={({ detail }) => onChange({ ...choice, redeploys: detail.checked })}
        >
          {t.redeploy}
        </Checkbox>
        {choice.redeploys && (
          <ColumnLayout columns={2}>
            <TextField
              label={t.which}
              constraint={t.whichText}
              value={choice.which}
              onChange={(which) => onChange({ ...choice, which })}
            />
            <TextField
              label={t.quiet}
              isOptional
              constraint={t.quietText}
              value={choice.quiet}
              onChange={(quiet) => onChange({ ...choice, quiet })}
            />
          </ColumnLayout>
        )}
        <Checkbox
          checked={choice.pins}
          description={t.pinText}
          onChange={({ detail }) => onChange({ ...choice, pins: detail.checked })}
        >
          {t.pin}
        </Checkbox>
      </SpaceBetween>
    </Container>
  );
}
