import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";

export interface DetailsProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly columns?: number;
  readonly items: readonly { readonly label: string; readonly value: ReactNode }[];
}

/** The container at the top of a resource's page: what it is, in pairs of label and value. A missing value is a dash. */
export function Details({ title, actions, columns = 3, items }: DetailsProps) {
  return (
    <Container
      header={
        <Header variant="h2" actions={actions}>
          {title}
        </Header>
      }
    >
      <KeyValuePairs columns={columns} items={items.map(({ label, value }) => ({ label, value: value ?? "-" }))} />
    </Container>
  );
}
