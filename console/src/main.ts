import "@cloudscape-design/global-styles/index.css";
import "./style.css";
import { patiently } from "./api/patiently.ts";
import { cloudscapeMessages } from "./i18n/cloudscape-messages.ts";
import { readPreferences } from "./i18n/preferences.ts";
import { subjects } from "./pages/index.ts";
import { arrive } from "./session/arrival.ts";
import { takeCode } from "./session/one-time-code.ts";
import { firstPage } from "./shell/first-page.ts";
import { styled } from "./shell/styled.ts";

// Before anything else sees the address. The console is loaded while the server answers.
const arrival = arrive(takeCode());
const app = patiently(() => import("./app.tsx"));
// What is missing is asked for again where it is needed.
void Promise.allSettled([
  cloudscapeMessages[readPreferences().language](),
  firstPage(subjects, location.pathname)?.load(),
]);
const root = document.getElementById("root");
// No await here: what is loaded imports parts of this file, and would wait for its end.
if (root) void Promise.all([app, arrival, styled()]).then(([{ show }, arrived]) => show(root, arrived));
