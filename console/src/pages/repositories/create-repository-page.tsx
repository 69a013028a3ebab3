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
import { messages } from "./messages.ts";
import { isWithoutRegistry, RegistryProblem } from "./registry-problem.tsx";

export default function CreateRepositoryPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const navigate = useNavigate();
  const flash = useFlash();
  const [name, setName] = useState("");
  const [mutability, setMutability] = useState("MUTABLE");
  const [isTried, setTried] = useState(false);
  const create = useAction((api) =>
    api.call("ecr", "CreateRepository", {
      repositoryName: name,
      imageTagMutability: mutability === "MUTABLE" ? "MUTABLE" : "IMMUTABLE",
    }),
  );
  const isInvalid = !/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name) || name.length < 2;
  async function submit(): Promise<void> {
    setTried(true);
    if (isInvalid || !(await create.run())) return;
    flash({ type: "success", text: t.created(name) });
    await navigate(to.repository(name));
  }
  return (
    <FormPage
      title={t.create}
      breadcrumbs={[
        { text: t.service, to: "/ecr/repositories" },
        { text: t.repositories, to: "/ecr/repositories" },
      ]}
      submitText={words.create}
      cancelTo="/ecr/repositories"
      isRunning={create.isRunning}
      error={isWithoutRegistry(create.error) ? undefined : create.error}
      onSubmit={() => void submit()}
    >
      <Container header={<Header variant="h2">{words.details}</Header>}>
        <SpaceBetween size="l">
          <FormField
            label={t.repositoryName}
            constraintText={t.repositoryNameText}
            errorText={isTried && isInvalid ? (name === "" ? words.required : t.repositoryNameText) : undefined}
          >
            <Input
              value={name}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setName(detail.value)}
            />
          </FormField>
          <FormField label={t.mutability}>
            <RadioGroup
              value={mutability}
              onChange={({ detail }) => setMutability(detail.value)}
              items={[
                { value: "MUTABLE", label: t.mutable, description: t.mutableText },
                { value: "IMMUTABLE", label: t.immutable, description: t.immutableText },
              ]}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      {isWithoutRegistry(create.error) && <RegistryProblem error={create.error} />}
    </FormPage>
  );
}
