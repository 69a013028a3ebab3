import Alert from "@cloudscape-design/components/alert";
import { ApiError } from "../../api/error.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Problem } from "../../parts/problem.tsx";
import { messages } from "./messages.ts";

/** True if the API says that this server runs no registry. */
export function isWithoutRegistry(error: unknown): boolean {
  return error instanceof ApiError && /keeps no images/.test(error.message);
}

/** An error of ECR; where there is no registry, what to install. */
export function RegistryProblem({ error }: { readonly error: unknown }) {
  const t = useMessages(messages);
  if (!isWithoutRegistry(error)) return <Problem error={error} />;
  return (
    <Alert type="info" header={t.noRegistry}>
      {t.noRegistryText}
      <div>
        <Copyable>apt-get install docker-registry</Copyable>
      </div>
      <div>
        <Copyable>sealift up --registry</Copyable>
      </div>
    </Alert>
  );
}
