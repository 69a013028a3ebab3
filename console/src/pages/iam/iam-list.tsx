import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import type { Crumb } from "../../parts/page.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable, type ResourceTableProps } from "../../parts/resource-table.tsx";

export interface IamListProps<Item> extends Pick<ResourceTableProps<Item>, "id" | "read" | "columns"> {
  /** Its name and where "IAM" leads from it. */
  readonly title: string;
  readonly home: Crumb["to"];
  /** What these things are. */
  readonly text: string;
  readonly findText: string;
  readonly noneText: string;
  readonly create: { readonly text: string; readonly to: string };
  readonly filters?: ReactNode;
}

/** A page that lists users, groups, roles or policies by name. */
export function IamList<Item extends { readonly Arn?: string | undefined }>(props: IamListProps<Item>) {
  const { title, home, text, findText, noneText, create, ...table } = props;
  const navigate = useNavigate();
  const button = (
    <Button variant="primary" onClick={() => void navigate(create.to)}>
      {create.text}
    </Button>
  );
  return (
    <Page title={title} breadcrumbs={[{ text: "IAM", to: home }]} contentType="table">
      <ResourceTable<Item>
        {...table}
        variant="full-page"
        title={title}
        description={text}
        trackBy={({ Arn = "" }) => Arn}
        sortedBy={{ id: "name" }}
        filterPlaceholder={findText}
        empty={{ title: noneText, text, action: button }}
        actions={() => button}
      />
    </Page>
  );
}
