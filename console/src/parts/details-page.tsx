import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import type { ReactNode } from "react";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { Page, type PageProps } from "./page.tsx";
import { Problem } from "./problem.tsx";

export interface DetailsPageProps<Resource> extends Omit<PageProps, "children" | "actions"> {
  /** What the page is about. Undefined data without an error is still loading. */
  readonly read: { readonly data: Resource | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly actions?: (resource: Resource) => ReactNode;
  readonly children: (resource: Resource) => ReactNode;
}

/** The page of one resource: loading, not there, denied, or its details, tabs and tables. */
export function DetailsPage<Resource>({ read, actions, children, ...page }: DetailsPageProps<Resource>) {
  const t = useMessages(common);
  const { data, error, refetch } = read;
  return (
    <Page {...page} actions={data !== undefined && actions?.(data)}>
      {Boolean(error) && <Problem error={error} onRetry={() => refetch()} />}
      {data !== undefined && children(data)}
      {data === undefined && !error && (
        <Box textAlign="center" padding="xxl">
          <Spinner size="large" /> <Box variant="span">{t.loading}</Box>
        </Box>
      )}
    </Page>
  );
}
