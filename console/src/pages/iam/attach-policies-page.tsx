import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { crumbsTo, identityOfPage } from "./identity.ts";
import { messages } from "./messages.ts";
import { PolicyChoice } from "./policy-choice.tsx";

/** Attaches managed policies to a user, a group or a role. */
export default function AttachPoliciesPage() {
  const t = useMessages(messages);
  const owner = identityOfPage(useParams());
  const navigate = useNavigate();
  const flash = useFlash();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const attach = useAction(async (api) => {
    for (const arn of chosen) await owner.attach(api, arn);
    return chosen.length;
  });
  async function submit(): Promise<void> {
    const count = await attach.run();
    if (count === undefined) return;
    if (count > 0) flash({ type: "success", text: t.attached(count) });
    await navigate(`${owner.page}?tab=permissions`);
  }
  return (
    <FormPage
      title={t.attachTo(owner.name)}
      breadcrumbs={crumbsTo(owner, t)}
      submitText={t.addPermissions}
      cancelTo={`${owner.page}?tab=permissions`}
      isRunning={attach.isRunning}
      error={attach.error}
      onSubmit={() => void submit()}
    >
      <PolicyChoice chosen={chosen} onChange={setChosen} />
    </FormPage>
  );
}
