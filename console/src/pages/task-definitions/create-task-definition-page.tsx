import Alert from "@cloudscape-design/components/alert";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Api } from "../../api/client.ts";
import { useAction } from "../../data/use-action.ts";
import { useCall } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { jsonMessages, jsonProblem } from "../../parts/json-problem.ts";
import { asDocument } from "./document.ts";
import { documentProblems, isShaped } from "./document-problems.ts";
import { TaskDefinitionForm } from "./form/task-definition-form.tsx";
import { messages } from "./messages.ts";

/** A new family, or with `?from=web:3` a new revision of one. */
export default function CreateTaskDefinitionPage() {
  const [search] = useSearchParams();
  const from = search.get("from");
  return from === null ? <NewDefinition document={emptyDocument} from={undefined} /> : <NewRevision from={from} />;
}

const emptyDocument = JSON.stringify(
  {
    family: "",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    containerDefinitions: [{ name: "", image: "", essential: true }],
  },
  null,
  2,
);

function NewRevision({ from }: { readonly from: string }) {
  const t = useMessages(messages);
  const read = useCall("ecs", "DescribeTaskDefinition", { taskDefinition: from, include: ["TAGS"] });
  if (read.data?.taskDefinition) {
    return <NewDefinition document={asDocument(read.data.taskDefinition, read.data.tags)} from={from} />;
  }
  return (
    <DetailsPage title={t.createRevision} breadcrumbs={crumbs(t)} read={read}>
      {() => null}
    </DetailsPage>
  );
}

function crumbs(t: { readonly service: string; readonly taskDefinitions: string }) {
  return [
    { text: t.service, to: "/ecs/task-definitions" },
    { text: t.taskDefinitions, to: "/ecs/task-definitions" },
  ];
}

function NewDefinition({ document: first, from }: { readonly document: string; readonly from: string | undefined }) {
  const t = useMessages(messages);
  const syntax = useMessages(jsonMessages);
  const navigate = useNavigate();
  const flash = useFlash();
  const [search, setSearch] = useSearchParams();
  const [document, setDocument] = useState(first);
  const [isTried, setTried] = useState(false);
  const view = search.get("view") === "json" ? "json" : "form";
  const isJson = jsonProblem(document, syntax) === undefined && /^\s*\{/.test(document);
  const problems = isJson
    ? documentProblems(document, { unknown: t.unknownMember, noObject: t.noObject, noList: t.noList })
    : [];
  const register = useAction((api, input: Parameters<typeof call>[1]) => call(api, input));

  async function submit(): Promise<void> {
    setTried(true);
    if (!isJson || problems.length > 0) return setSearch(withView(search, "json"), { replace: true });
    const answer = await register.run(JSON.parse(document));
    const { family = "", revision = 0 } = answer?.taskDefinition ?? {};
    if (!answer) return;
    flash({ type: "success", text: t.created(`${family}:${revision}`) });
    await navigate(to.taskDefinition(family, revision));
  }

  return (
    <FormPage
      title={from === undefined ? t.createNew : t.newRevisionOf(from)}
      breadcrumbs={crumbs(t)}
      submitText={t.create}
      cancelTo="/ecs/task-definitions"
      isRunning={register.isRunning}
      error={register.error}
      onSubmit={() => void submit()}
      actions={
        <SegmentedControl
          label={t.form}
          selectedId={view}
          options={[
            { id: "form", text: t.form },
            { id: "json", text: t.json },
          ]}
          onChange={({ detail }) => setSearch(withView(search, detail.selectedId), { replace: true })}
        />
      }
    >
      {view === "json" ? (
        <JsonEditor value={document} onChange={setDocument} ariaLabel={t.json} rows={30} problems={problems} />
      ) : isJson && isShaped(document) ? (
        <TaskDefinitionForm
          document={document}
          onChange={setDocument}
          isTried={isTried}
          isFamilyFixed={from !== undefined}
        />
      ) : (
        <Alert type="warning">{isJson ? t.formNeedsShape : t.formNeedsJson}</Alert>
      )}
    </FormPage>
  );
}

function call(api: Api, input: Parameters<typeof api.call<"ecs", "RegisterTaskDefinition">>[2]) {
  return api.call("ecs", "RegisterTaskDefinition", input);
}

function withView(search: URLSearchParams, view: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.set("view", view);
  return next;
}
