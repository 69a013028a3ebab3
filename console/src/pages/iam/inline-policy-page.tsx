import { useNavigate, useParams, useSearchParams } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useRead } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { DetailsPage } from "../../parts/details-page.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { indented } from "../../parts/json-problem.ts";
import { useApi, useSession } from "../../session/context.tsx";
import { crumbsTo, identityOfPage } from "./identity.ts";
import { messages } from "./messages.ts";
import { PolicyForm, template } from "./policy-form.tsx";

/** A new inline policy of a user, a group or a role, or with `?policy=` one that is there. */
export default function InlinePolicyPage() {
  const t = useMessages(messages);
  const owner = identityOfPage(useParams());
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const flash = useFlash();
  const { region } = useApi();
  const { identity } = useSession();
  const policy = search.get("policy");
  const read = useRead(
    ["iam", "inline-policy", owner.page, policy],
    (api, options) => owner.get(api, policy ?? "", options),
    { enabled: policy !== null },
  );
  const save = useAction((api, PolicyName: string, PolicyDocument: string) =>
    owner.put(api, PolicyName, PolicyDocument),
  );
  const frame = {
    title: policy ?? t.createInline,
    breadcrumbs: crumbsTo(owner, t),
  };
  if (policy !== null && !read.data) {
    return (
      <DetailsPage {...frame} read={read}>
        {() => null}
      </DetailsPage>
    );
  }
  return (
    <PolicyForm
      {...frame}
      cancelTo={`${owner.page}?tab=permissions`}
      name={policy ?? undefined}
      document={
        policy === null
          ? template(region, identity.accountId)
          : indented(decodeURIComponent(read.data?.PolicyDocument ?? "{}"))
      }
      save={save}
      onSaved={() => {
        flash({ type: "success", text: t.policySaved });
        void navigate(`${owner.page}?tab=permissions`);
      }}
    />
  );
}
