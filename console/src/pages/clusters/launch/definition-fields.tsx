import Alert from "@cloudscape-design/components/alert";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { messageOf } from "../../../api/error.ts";
import { useCall, useList } from "../../../data/use-call.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { familyOf } from "../../../parts/addresses.ts";
import { isolated } from "../../../parts/text.tsx";
import type { Change, LaunchForm } from "./form.ts";
import { messages } from "./messages.ts";

/** The revision that a form names, once it names one. */
export function useDefinition({ family, revision }: Pick<LaunchForm, "family" | "revision">) {
  const taskDefinition = revision === "" ? family : `${family}:${revision}`;
  return useCall("ecs", "DescribeTaskDefinition", { taskDefinition }, { enabled: family !== "" });
}

/** The task definition's family and revision, each from those that are there. */
export function DefinitionFields({
  form,
  change,
  isTried,
}: {
  readonly form: LaunchForm;
  readonly change: Change<LaunchForm>;
  readonly isTried: boolean;
}) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const families = useList("ecs", "ListTaskDefinitionFamilies", { status: "ACTIVE" }, "families");
  const revisions = useList(
    "ecs",
    "ListTaskDefinitions",
    { familyPrefix: form.family, sort: "DESC" },
    "taskDefinitionArns",
    { enabled: form.family !== "" },
  );
  const definition = useDefinition(form).data?.taskDefinition;
  const isCompatible =
    form.compute === "strategy" || !definition || (definition.compatibilities ?? []).includes(form.launchType);
  const latest = { value: "", label: t.latest };
  const numbers = (revisions.data ?? [])
    .map((arn) => familyOf(arn))
    .filter(({ family }) => family === form.family)
    .map(({ revision }) => ({ value: revision, label: revision }));
  return (
    <>
      <ColumnLayout columns={2}>
        <FormField label={t.family} errorText={isTried && form.family === "" ? words.required : undefined}>
          <Select
            selectedOption={form.family === "" ? null : { value: form.family, label: isolated(form.family) }}
            placeholder={t.chooseFamily}
            options={(families.data ?? []).map((family) => ({ value: family, label: isolated(family) }))}
            filteringType="auto"
            empty={t.noFamilies}
            statusType={families.error ? "error" : families.isPending ? "loading" : "finished"}
            errorText={families.error ? messageOf(families.error) : ""}
            onChange={({ detail }) => change({ family: detail.selectedOption.value ?? "", revision: "" })}
          />
        </FormField>
        <FormField label={t.revision}>
          <Select
            selectedOption={form.revision === "" ? latest : { value: form.revision, label: form.revision }}
            options={[latest, ...numbers]}
            disabled={form.family === ""}
            filteringType="auto"
            statusType={revisions.error ? "error" : "finished"}
            errorText={revisions.error ? messageOf(revisions.error) : ""}
            onChange={({ detail }) => change({ revision: detail.selectedOption.value ?? "" })}
          />
        </FormField>
      </ColumnLayout>
      {!isCompatible && <Alert type="warning">{t.notCompatible(form.launchType)}</Alert>}
    </>
  );
}
