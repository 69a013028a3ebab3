import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import { useMessages } from "../../i18n/messages.ts";
import { nameOf } from "../addresses.ts";
import { Text } from "../text.tsx";
import type { Gap } from "./find.ts";
import { messages } from "./messages.ts";

/** What the search did not read, and why. Nothing if it read all. */
export function Gaps({ gaps }: { readonly gaps: readonly Gap[] }) {
  const t = useMessages(messages);
  if (gaps.length === 0) return null;
  return (
    <Alert type="warning" header={t.incomplete}>
      {gaps.map(({ part, cluster, error, count }) => {
        const where = cluster === undefined ? "" : t.inCluster(nameOf(cluster));
        return (
          <div key={`${part} ${cluster} ${error?.operation} ${count}`}>
            <Text>{error ? t.failed(count, t[part], where) : t.cut(count, t[part], where)}</Text>
            {error && (
              <Box variant="small" color="text-body-secondary" display="block">
                {error.operation} · {error.code} · <Text>{error.message}</Text>
              </Box>
            )}
          </div>
        );
      })}
    </Alert>
  );
}
