import type { KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { useFlash } from "../../parts/flash.tsx";
import { FormPage } from "../../parts/form-page.tsx";
import { OptionalLabel } from "../../parts/optional-label.tsx";
import { enteredTags, type TagPair, TagsEditor } from "../../parts/tags.tsx";
import { aliasProblem } from "./alias.ts";
import { messages } from "./messages.ts";

const kinds: Readonly<Record<string, readonly [KeySpec, KeyUsageType]>> = {
  symmetric: ["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"],
  rsa: ["RSA_2048", "ENCRYPT_DECRYPT"],
  sign: ["ECC_NIST_P256", "SIGN_VERIFY"],
  hmac: ["HMAC_256", "GENERATE_VERIFY_MAC"],
};

export default function CreateKeyPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const [kind, setKind] = useState("symmetric");
  const [alias, setAlias] = useState("");
  const [description, setDescription] = useState("");
  const [tags, setTags] = useState<readonly TagPair[]>([]);
  const [isTried, setTried] = useState(false);
  const [key, setKey] = useState<string>();
  const create = useAction(async (api) => {
    const [KeySpec, KeyUsage] = kinds[kind] ?? [];
    const entered = enteredTags(tags);
    const { KeyMetadata } = await api.call("kms", "CreateKey", {
      ...{ KeySpec, KeyUsage },
      ...(description !== "" && { Description: description }),
      ...(entered.length > 0 && { Tags: entered.map((tag) => ({ TagKey: tag.key, TagValue: tag.value })) }),
    });
    return KeyMetadata?.KeyId;
  });
  const name = useAction((api, id: string) =>
    api.call("kms", "CreateAlias", { AliasName: `alias/${alias}`, TargetKeyId: id }),
  );
  const problem = aliasProblem(alias);
  async function submit(): Promise<void> {
    setTried(true);
    if (problem) return;
    // If only the alias was refused, the key is there already.
    const id = key ?? (await create.run());
    if (id === undefined) return;
    setKey(id);
    if (!(await name.run(id))) return;
    flash({ type: "success", text: t.created });
    await navigate(to.key(id));
  }
  return (
    <FormPage
      title={t.createKey}
      breadcrumbs={[
        { text: t.service, to: "/kms/keys" },
        { text: t.keys, to: "/kms/keys" },
      ]}
      submitText={t.createKey}
      cancelTo="/kms/keys"
      isRunning={create.isRunning || name.isRunning}
      error={create.error ?? name.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{t.keyType}</Header>}>
        <RadioGroup
          value={kind}
          ariaLabel={t.keyType}
          onChange={({ detail }) => setKind(detail.value)}
          items={[
            { value: "symmetric", label: t.symmetric, description: t.symmetricText },
            { value: "rsa", label: t.rsa },
            { value: "sign", label: t.sign },
            { value: "hmac", label: t.hmac },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2">{words.details}</Header>}>
        <SpaceBetween size="l">
          <FormField
            label={t.alias}
            description={t.aliasText}
            errorText={isTried && problem ? (problem === "required" ? words.required : t.aliasInvalid) : undefined}
          >
            <Input
              value={alias}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setAlias(detail.value)}
            />
          </FormField>
          <FormField label={<OptionalLabel>{words.description}</OptionalLabel>}>
            <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{words.tags}</Header>}>
        <TagsEditor tags={tags} onChange={setTags} />
      </Container>
    </FormPage>
  );
}
