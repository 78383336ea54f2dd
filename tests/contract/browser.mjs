// A person in front of Swagger UI: signs in through the page, authorises with the token the page shows, and runs
// an operation with it. Fails on a console error, a failed request, and on any request that leaves the host.
//
// Usage: node browser.mjs BASE_URL [SCREENSHOT.png]   with the demonstration password in BINA_DEMO_PASSWORD
// and the browser in CHROMIUM (default /usr/bin/chromium).
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const EMAIL = "admin@demo.example";
const LOGIN = { method: "post", path: "/api/v1/auth/login" };
const LIST = { method: "get", path: "/api/v1/units" };

// A browser's own background traffic would be counted as the page's, and is not wanted in CI.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Collects everything a page may not do. */
function watch(context, page, origin) {
  const faults = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console error: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught error: ${error.message}`));
  page.on("websocket", (socket) => faults.push(`web socket: ${socket.url()}`));
  context.on("requestfailed", (request) =>
    faults.push(`failed request: ${request.url()} ${request.failure()?.errorText}`),
  );
  context.on("request", (request) => {
    const url = new URL(request.url());
    const local = url.origin === origin || url.protocol === "data:" || url.origin === "null" || url.protocol === "blob:";
    if (!local) faults.push(`request to another host: ${request.url()}`);
  });
  return faults;
}

/** Tags are collapsed at first; an operation is reachable once its own is open. */
async function openOperation(page, { method, path }) {
  const collapsed = page.locator(".opblock-tag-section:not(.is-open) > .opblock-tag");
  while ((await collapsed.count()) > 0) await collapsed.first().click();
  const block = page
    .locator(`.opblock.opblock-${method}`)
    .filter({ has: page.locator(`.opblock-summary-path[data-path="${path}"]`) });
  await block.locator(".opblock-summary-control").click();
  const tryOut = block.locator(".try-out__btn").first();
  await tryOut.waitFor();
  // Where the page opens in "Try it out", the same button cancels it.
  if (!(await tryOut.getAttribute("class")).includes("cancel")) await tryOut.click();
  await block.locator("button.execute").waitFor();
  return block;
}

/** Presses Execute and reads status and body as the page shows them. */
async function execute(block) {
  await block.locator("button.execute").click();
  const answer = block.locator(".live-responses-table");
  const status = answer.locator("tbody td.response-col_status").first();
  await status.waitFor();
  const shown = Number.parseInt((await status.innerText()).trim(), 10);
  const code = answer.locator("tbody td.response-col_description .highlight-code").first();
  await code.waitFor();
  const text = await code.locator("pre, code").first().innerText();
  return { status: shown, body: JSON.parse(text) };
}

async function authorise(page, token) {
  await page.locator(".auth-wrapper button.authorize").first().click();
  const dialog = page.locator(".dialog-ux .modal-ux");
  const field = dialog.locator("section input, .auth-container input").first();
  await field.fill(token);
  await dialog.locator("button.modal-btn.authorize").first().click();
  await dialog.locator("button.modal-btn", { hasText: "Logout" }).first().waitFor();
  await dialog.locator("button.btn-done").first().click();
}

async function visit(page, baseUrl, password) {
  await page.goto(`${baseUrl}/docs/`, { waitUntil: "load" });
  await page.locator(".opblock-tag-section").first().waitFor();
  console.log(`  ok  ${baseUrl}/docs/ shows the operations`);

  const login = await openOperation(page, LOGIN);
  await login.locator("textarea.body-param__text").fill(JSON.stringify({ email: EMAIL, password }));
  const tokens = await execute(login);
  assert.equal(tokens.status, 200, "signing in through the page");
  assert.equal(typeof tokens.body.access_token, "string", "the page shows a token");
  console.log("  ok  signed in through the page");

  await authorise(page, tokens.body.access_token);
  console.log("  ok  authorised with the token that the page showed");

  const list = await openOperation(page, LIST);
  const units = await execute(list);
  assert.equal(units.status, 200, "running an operation with the token");
  assert.ok(units.body.items.length > 0, "the answer has units");
  console.log(`  ok  ${LIST.path} answered 200 with ${units.body.items.length} units`);
  await list.scrollIntoViewIfNeeded();
}

async function main() {
  const [baseUrl, screenshot] = process.argv.slice(2);
  const password = process.env.BINA_DEMO_PASSWORD;
  assert.ok(baseUrl && password, "usage: BINA_DEMO_PASSWORD=… node browser.mjs BASE_URL [SCREENSHOT.png]");
  const profile = mkdtempSync(join(tmpdir(), "bina-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
    viewport: { width: 1280, height: 1600 },
  });
  try {
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const faults = watch(context, page, new URL(baseUrl).origin);
    try {
      await visit(page, baseUrl, password);
    } finally {
      await page.screenshot({ path: screenshot ?? join(tmpdir(), "bina-docs.png") });
      for (const fault of faults) console.error(`  FAULT  ${fault}`);
    }
    assert.deepEqual(faults, [], "no console error and no request to another host");
    console.log("browser: 5 passed, 0 failed");
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

await main();
