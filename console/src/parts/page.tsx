import type { AppLayoutProps } from "@cloudscape-design/components/app-layout";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { isolated, shortened } from "./text.tsx";

export interface Crumb {
  readonly text: string;
  readonly to: string;
}

/** What a page tells the shell. */
export interface Frame {
  readonly title: string;
  /** The pages above this one. */
  readonly breadcrumbs: readonly Crumb[];
  readonly contentType: AppLayoutProps.ContentType;
}

export const FrameContext = createContext<(frame: Frame) => void>(() => {});

export interface PageProps {
  readonly title: string;
  /** The pages above this one; its own crumb is added. The first is its service's: `{ text: "IAM", to: "/iam/roles" }`. */
  readonly breadcrumbs: readonly Crumb[];
  readonly description?: ReactNode;
  /** Buttons at the top right. */
  readonly actions?: ReactNode;
  /** `table` for a page that is one full-page table, which has the title itself. */
  readonly contentType?: AppLayoutProps.ContentType;
  readonly children: ReactNode;
}

/** Every page's outermost element: heading, breadcrumbs, the window's title. Its children stand below each other. */
export function Page({ title, breadcrumbs, description, actions, contentType = "default", children }: PageProps) {
  const setFrame = useContext(FrameContext);
  const all = JSON.stringify(breadcrumbs);
  useEffect(() => {
    setFrame({ title, breadcrumbs: JSON.parse(all) as Crumb[], contentType });
    document.title = `${isolated(shortened(title, 120))} | Sealift`;
  }, [setFrame, title, all, contentType]);
  if (contentType === "table" || contentType === "wizard") return <>{children}</>;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={description} actions={actions}>
          {isolated(title)}
        </Header>
      }
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  );
}
