import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Outlet, useLocation, useNavigationType } from "react-router";
import { useMessages } from "../i18n/messages.ts";
import { Flashes } from "../parts/flash.tsx";
import { useLinks } from "../parts/links.tsx";
import { type Frame, FrameContext } from "../parts/page.tsx";
import { isolated, shortened } from "../parts/text.tsx";
import { shell } from "./messages.ts";
import { Navigation } from "./navigation.tsx";
import { TopBar, type TopBarProps } from "./top-bar.tsx";

/** What stands around every page. */
export function Shell(props: TopBarProps) {
  const t = useMessages(shell);
  const links = useLinks();
  const [frame, setFrame] = useState<Frame>({ title: "", breadcrumbs: [], contentType: "default" });
  const { pathname } = useLocation();
  const isBack = useNavigationType() === "POP";
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page begins at its top; the browser knows where one goes back to
  useEffect(() => {
    if (!isBack) scrollTo(0, 0);
  }, [pathname]);
  const content = useRef<HTMLDivElement>(null);
  useHeadingFocus(content, pathname, frame);
  const [isOpen, setOpen] = useState(() => innerWidth > 1_100);
  return (
    <FrameContext value={setFrame}>
      <div id="app-header">
        <TopBar {...props} />
      </div>
      <AppLayoutToolbar
        headerSelector="#app-header"
        contentType={frame.contentType}
        toolsHide
        navigationOpen={isOpen}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigation={<Navigation subjects={props.subjects} />}
        breadcrumbs={
          frame.breadcrumbs.length > 0 && (
            <BreadcrumbGroup
              ariaLabel={t.breadcrumbs}
              items={[
                ...frame.breadcrumbs.map(({ text, to }) => ({ text: crumb(text), href: links.href(to) })),
                { text: crumb(frame.title), href: "" },
              ]}
              onFollow={links.follow}
            />
          )
        }
        notifications={<Flashes />}
        stickyNotifications
        ariaLabels={{
          navigation: t.navigation,
          navigationToggle: t.openNavigation,
          navigationClose: t.closeNavigation,
        }}
        content={
          <div ref={content}>
            <Outlet context={props.subjects} />
          </div>
        }
      />
    </FrameContext>
  );
}

/** Leads keyboard and screen reader to the heading of each page that is opened after the first, unless it puts the focus itself. */
function useHeadingFocus(content: RefObject<HTMLElement | null>, pathname: string, frame: Frame): void {
  const focused = useRef(pathname);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading is there with the page's frame
  useEffect(() => {
    const heading = content.current?.querySelector("h1");
    if (!heading || focused.current === pathname) return;
    focused.current = pathname;
    if (content.current?.contains(document.activeElement)) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [pathname, frame]);
}

/** The page's heading has the whole name. */
function crumb(text: string): string {
  return isolated(shortened(text));
}
