import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { familyOf, nameOf, to } from "../../../parts/addresses.ts";
import { useFlash } from "../../../parts/flash.tsx";
import { FormPage } from "../../../parts/form-page.tsx";
import { enteredTags, type TagPair } from "../../../parts/tags.tsx";
import { TextField } from "../../../parts/text-field.tsx";
import { ecs } from "../words.ts";
import { CapacityFields } from "./capacity-fields.tsx";
import { ExecField, NetworkFields, TagFields } from "./common-fields.tsx";
import { DefinitionFields, useDefinition } from "./definition-fields.tsx";
import { emptyRun, idsOf, isCount, isFargate, launchTypeOf, type RunTaskForm, runTaskInput } from "./form.ts";
import { messages } from "./messages.ts";
import { OverrideFields } from "./override-fields.tsx";
import { PlacementFields } from "./placement-fields.tsx";

export default function RunTaskPage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const navigate = useNavigate();
  const flash = useFlash();
  const { cluster = "default" } = useParams();
  const [search] = useSearchParams();
  const [typed, setTyped] = useState<RunTaskForm>({
    ...emptyRun,
    cluster,
    ...familyOf(search.get("taskDefinition") ?? ""),
  });
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [isTried, setTried] = useState(false);
  const [isChosen, setChosen] = useState(false);
  const change = (part: Partial<RunTaskForm>) => {
    if (part.launchType !== undefined) setChosen(true);
    setTyped((current) => ({ ...current, ...part }));
  };
  const read = useDefinition(typed);
  const definition = read.data?.taskDefinition;
  // What the definition was made for, until another one is chosen.
  const form = isChosen ? typed : { ...typed, launchType: launchTypeOf(definition) ?? typed.launchType };
  const hasNetwork = definition?.networkMode === "awsvpc";
  const run = useAction((api) => api.call("ecs", "RunTask", runTaskInput(form, definition, [...enteredTags(tags)])));

  async function submit(): Promise<void> {
    setTried(true);
    if (form.family === "" || !isCount(form.count)) return;
    if (hasNetwork && idsOf(form.subnets).length === 0) return;
    const answer = await run.run();
    if (!answer) return;
    const { tasks = [], failures = [] } = answer;
    if (tasks.length > 0) flash({ type: "success", text: t.ran(tasks.length) });
    if (failures.length > 0) {
      const reasons = failures.map(({ reason = "", detail, arn }) =>
        [nameOf(arn), reason, detail].filter(Boolean).join(": "),
      );
      flash({ type: "error", header: t.failed, text: [...new Set(reasons)].join("\n") });
    }
    const [task] = tasks;
    if (tasks.length === 1 && task) await navigate(to.task(form.cluster, nameOf(task.taskArn)));
    else if (tasks.length > 1) await navigate(`${to.cluster(form.cluster)}?tab=tasks`);
  }

  return (
    <FormPage
      title={e.runTask}
      breadcrumbs={[
        { text: e.service, to: "/ecs/clusters" },
        { text: e.clusters, to: "/ecs/clusters" },
        { text: form.cluster, to: to.cluster(form.cluster) },
      ]}
      submitText={t.run}
      cancelTo={`${to.cluster(form.cluster)}?tab=tasks`}
      isRunning={run.isRunning || read.isLoading}
      error={run.error ?? read.error}
      onSubmit={() => void submit()}
    >
      <CapacityFields form={form} change={change} isNew />
      <Container header={<Header variant="h2">{t.deployment}</Header>}>
        <SpaceBetween size="l">
          <DefinitionFields form={form} change={change} isTried={isTried} />
          <TextField
            label={t.desired}
            value={form.count}
            error={isTried && !isCount(form.count) ? t.countWrong : undefined}
            onChange={(count) => change({ count })}
          />
          <TextField
            label={t.group}
            isOptional
            description={t.groupText}
            value={form.group}
            onChange={(group) => change({ group })}
          />
          <TextField
            label={t.startedBy}
            isOptional
            value={form.startedBy}
            onChange={(startedBy) => change({ startedBy })}
          />
          {!isFargate(form) && <PlacementFields form={form} change={change} />}
          <ExecField form={form} change={change} />
        </SpaceBetween>
      </Container>
      {hasNetwork && <NetworkFields form={form} change={change} isTried={isTried} />}
      <OverrideFields form={form} change={change} definition={definition} />
      <TagFields form={form} change={change} tags={tags} onTags={setTags} sources={["TASK_DEFINITION"]} />
    </FormPage>
  );
}
