import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type OpenPage, openBrowser, type TestBrowser } from "../support/browser.ts";
import { buildConsole } from "../support/built-console.ts";
import { clientsOf } from "../support/clients.ts";
import { signInByLink } from "../support/console-sign-in.ts";
import { connectDocker } from "../support/docker.ts";
import { importHttpdImage } from "../support/images.ts";
import { skipUnless } from "../support/require.ts";
import { type Sealift, startSealift } from "../support/sealift.ts";
import { until } from "../support/until.ts";

/** Plays the clicks of AWS's article "How can I pass secrets or sensitive information securely to containers in an ECS task?" */

const skip = await skipUnless("chromium", "docker");

let browser: TestBrowser;
let sealift: Sealift;

before(
  async () => {
    if (skip !== false) return;
    buildConsole();
    await importHttpdImage(await connectDocker());
    sealift = await startSealift({ runtime: "docker" });
    browser = await openBrowser();
  },
  { timeout: 500_000 },
);
after(async () => {
  await browser?.[Symbol.asyncDispose]();
  await sealift?.[Symbol.asyncDispose]();
});

const languages = [
  { locale: "en-US", colorScheme: "light" },
  { locale: "zh-CN", colorScheme: "dark" },
] as const;

for (const { locale, colorScheme } of languages) {
  const isChinese = locale === "zh-CN";
  const prefix = isChinese ? "zh" : "en";
  /** The words of the page in this language. */
  const word = (english: string, chinese: string) => (isChinese ? chinese : english);

  test(`the journey of a secret into a service by clicks, ${locale}`, { skip, timeout: 480_000 }, async () => {
    // A container's network that comes up on this machine makes Chromium drop what it is loading; the page asks again.
    const expected = [/ERR_NETWORK_CHANGED/];
    await using mine = await browser.open(sealift.endpoint, { locale, colorScheme, expected });
    const { page } = mine;
    await signInByLink(mine, sealift);
    const steps = stepsOf(mine, word, prefix);

    await steps.parameter();
    await steps.secret();
    await steps.role();
    await steps.definition();
    await steps.service();
    const { ecs } = clientsOf(sealift);
    const running = async () => (await ecs.listTasks({ serviceName: prefix, desiredStatus: "RUNNING" })).taskArns ?? [];
    const [first] = await until("the service's task runs", async () => {
      const [arn] = await running();
      const { tasks = [] } = arn === undefined ? {} : await ecs.describeTasks({ tasks: [arn] });
      return tasks[0]?.lastStatus === "RUNNING" && [arn];
    });
    await steps.force();
    await until(
      "another task is in its place",
      async () => {
        const arns = await running();
        return arns.length === 1 && arns[0] !== first;
      },
      { seconds: 60 },
    );
    assert.ok(page.url().includes(`/console/us-east-1/ecs/clusters/default/services/${prefix}`));
    await ecs.deleteService({ service: prefix, force: true });
  });
}

function stepsOf(mine: OpenPage, word: (english: string, chinese: string) => string, prefix: string) {
  const { page } = mine;
  const button = (english: string, chinese: string, root: Pick<Page, "getByRole"> = page) =>
    root.getByRole("button", { name: word(english, chinese), exact: true }).first();
  const box = (english: string, chinese: string, root: Pick<Page, "getByRole"> = page) =>
    root.getByRole("textbox", { name: word(english, chinese), exact: true }).first();
  async function open(english: string, chinese: string): Promise<void> {
    const link = page.getByRole("link", { name: word(english, chinese), exact: true }).first();
    const toggle = button("Open navigation", "打开导航");
    await link.or(toggle).filter({ visible: true }).first().waitFor();
    // A picture of a whole page is a window of another size, in which the navigation folds.
    if (!(await link.isVisible())) await toggle.click();
    await link.click();
  }

  async function look(name: string): Promise<void> {
    await mine.picture(`${prefix}-${name}`);
    assert.deepEqual(await mine.barriers(), [], name);
  }

  return {
    async parameter() {
      await open("Parameter Store", "Parameter Store");
      await button("Create parameter", "创建参数").click();
      await box("Name", "名称").fill(`/${prefix}/token`);
      await page.getByText(word("SecureString", "SecureString（安全字符串）"), { exact: true }).click();
      await page.getByLabel(word("Value", "值"), { exact: true }).fill(`token of ${prefix}`);
      await look("create-parameter");
      await button("Create parameter", "创建参数").click();
      await button("Show decrypted value", "显示解密后的值").click();
      await page.getByText(`token of ${prefix}`).waitFor();
      await look("parameter");
      await button("Hide", "隐藏").click();
      assert.equal((await page.content()).includes(`token of ${prefix}`), false, "a hidden value is in the page");
    },

    async secret() {
      await open("Secrets", "密钥");
      await button("Store a new secret", "存储新密钥").click();
      await box("Key", "键").fill("password");
      await button("Generate password", "生成密码").click();
      const dialog = page.getByRole("dialog");
      await button("Generate password", "生成密码", dialog).click();
      await dialog.waitFor({ state: "hidden" });
      await look("new-secret");
      await button("Next", "下一步").click();
      await box("Secret name", "密钥名称").fill(`${prefix}-db`);
      await button("Next", "下一步").click();
      await button("Next", "下一步").click();
      await button("Store", "存储").click();
      await button("Retrieve secret value", "检索密钥值").waitFor();
      await look("secret");
    },

    async role() {
      await open("Roles", "角色");
      await button("Create role", "创建角色").click();
      await button("Next", "下一步").click();
      await page.getByPlaceholder(word("Find policies", "查找策略")).fill("AmazonECSTaskExecutionRolePolicy");
      await page
        .getByRole("row", { name: /AmazonECSTaskExecutionRolePolicy/ })
        .getByRole("checkbox")
        .click();
      await button("Next", "下一步").click();
      await box("Role name", "角色名称").fill(`${prefix}-exec`);
      await look("create-role");
      await button("Create role", "创建角色").click();
      await button("Add permissions", "添加权限").click();
      await page.getByRole("menuitem", { name: word("Create inline policy", "创建内联策略") }).click();
      const editor = page.getByRole("textbox", { name: "JSON" });
      const template = await editor.inputValue();
      await editor.fill(template.replace("ssm:GetParameters", "GetParameters"));
      await page.getByText(/^(Line 7, column 9|第 7 行，第 9 列)/).waitFor();
      await look("inline-policy");
      await editor.fill(
        template.replace("parameter/NAME", `parameter/${prefix}/token`).replace("secret:NAME*", `secret:${prefix}-db*`),
      );
      await box("Policy name", "策略名称").fill("secrets");
      await button("Create policy", "创建策略").click();
      await page.getByRole("link", { name: "secrets", exact: true }).waitFor();
      await look("role");
    },

    async definition() {
      await open("Task definitions", "任务定义");
      await button("Create new task definition", "创建新任务定义").click();
      await box("Task definition family", "任务定义系列").fill(prefix);
      await page.getByRole("checkbox", { name: "AWS Fargate" }).click();
      await page.getByRole("checkbox", { name: "Amazon EC2" }).click();
      await page.getByRole("combobox", { name: word("Task execution role", "任务执行角色") }).fill(`${prefix}-exec`);
      await page.getByRole("option").first().click();
      await box("Name", "名称").fill("web");
      await page.getByRole("textbox", { name: word("Image URI", "映像 URI") }).fill("httpd");
      await button("Add environment variable", "添加环境变量").click();
      await page
        .getByRole("textbox", { name: word("Name", "名称"), exact: true })
        .last()
        .fill("DB_PASSWORD");
      await page.getByRole("button", { name: new RegExp(word("Value type", "值类型")) }).click();
      await page.getByRole("option", { name: "ValueFrom" }).click();
      await button("Browse", "浏览").click();
      const dialog = page.getByRole("dialog");
      await dialog
        .getByRole("button", { name: new RegExp(`^${word("Secret", "密钥")}`) })
        .last()
        .click();
      await page.getByRole("option", { name: `${prefix}-db` }).click();
      await box("JSON key", "JSON 键", dialog).fill("password");
      await look("picker");
      await button("Choose", "选择", dialog).click();
      await look("create-task-definition");
      await button("JSON", "JSON").click();
      const document = JSON.parse(await page.getByRole("textbox", { name: "JSON" }).inputValue());
      assert.match(document.containerDefinitions[0].secrets[0].valueFrom, /:secret:..-db-\w{6}:password::$/);
      await look("task-definition-json");
      await button("Create", "创建").click();
      await page.getByRole("tab", { name: "JSON" }).waitFor();
      await look("task-definition");
    },

    async service() {
      await button("Deploy", "部署").click();
      await page.getByRole("menuitem", { name: word("Create service", "创建服务") }).click();
      await box("Service name", "服务名称").fill(prefix);
      await look("create-service");
      await button("Create", "创建").click();
      await page.waitForURL(/\/services\//);
      await button("Update service", "更新服务").waitFor();
      await look("service");
    },

    async force() {
      await button("Update service", "更新服务").click();
      await page.getByRole("checkbox", { name: word("Force new deployment", "强制新部署") }).click();
      await look("update-service");
      await button("Update", "更新").click();
      await page.waitForURL(/\/services\/[^/]+$/);
    },
  };
}
