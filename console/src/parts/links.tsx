import Link, { type LinkProps } from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useHref, useNavigate } from "react-router";
import { pageOf } from "./addresses.ts";
import { Text } from "./text.tsx";

interface FollowEvent {
  preventDefault(): void;
  readonly detail: { readonly href?: string | undefined; readonly external?: boolean | undefined };
}

/** Links within the console. `href` makes the address that can be opened in another tab; `follow` goes there without loading. */
export function useLinks() {
  const base = useHref("/").replace(/\/$/, "");
  const navigate = useNavigate();
  return {
    href: (to: string) => `${base}${to}`,
    /** `to` of an address that `href` made. */
    pathOf: (href: string) => href.slice(base.length) || "/",
    follow(event: FollowEvent): void {
      const { href, external } = event.detail;
      if (external || href === undefined || !href.startsWith(`${base}/`)) return;
      event.preventDefault();
      void navigate(href.slice(base.length));
    },
  };
}

export interface ToProps {
  /** `/ecs/clusters/default`; each part that is data has gone through `encodeURIComponent`. */
  readonly to: string;
  readonly children: ReactNode;
  readonly variant?: LinkProps.Variant;
}

/** A link to a page of the console. */
export function To({ to, children, variant = "primary" }: ToProps) {
  const { href, follow } = useLinks();
  return (
    <Link href={href(to)} variant={variant} onFollow={follow}>
      {children}
    </Link>
  );
}

/** An ARN that leads to the page of what it names, where there is one. */
export function ArnLink({ arn, children }: { readonly arn: string | undefined; readonly children?: ReactNode }) {
  if (!arn) return <>-</>;
  const page = pageOf(arn);
  const text = children ?? <Text>{arn}</Text>;
  return page === undefined ? text : <To to={page}>{text}</To>;
}
