import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useOutletContext } from "react-router";
import { useLanguage, useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { type NavigationService, navigationServices, type Subject } from "../../parts/subject.ts";
import { useApi, useSession } from "../../session/context.tsx";
import { messages } from "./messages.ts";

export default function HomePage() {
  const t = useMessages(messages);
  const language = useLanguage();
  const { identity } = useSession();
  const { region } = useApi();
  const links = useOutletContext<readonly Subject[]>().flatMap(({ navigation = [] }) => navigation);
  const services = (Object.keys(navigationServices) as NavigationService[])
    .map((service) => ({ service, own: links.filter((link) => link.service === service) }))
    .filter(({ own }) => own.length > 0);
  return (
    <Page title={t.title} breadcrumbs={[]}>
      <Details
        title={t.identity}
        items={[
          { label: t.identity, value: <Copyable>{identity.arn}</Copyable> },
          { label: t.account, value: <Copyable>{identity.accountId}</Copyable> },
          { label: t.region, value: region },
        ]}
      />
      <Container header={<Header variant="h2">{t.services}</Header>}>
        <ColumnLayout columns={3}>
          {services.map(({ service, own }) => (
            <div key={service}>
              <Box variant="h3">{navigationServices[service][language]}</Box>
              {own.map(({ to, text }) => (
                <div key={to}>
                  <To to={to}>{text[language]}</To>
                </div>
              ))}
            </div>
          ))}
        </ColumnLayout>
      </Container>
    </Page>
  );
}
