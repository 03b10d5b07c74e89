import { control, syncPath } from "./control.ts";
import type { Info, ShownFault } from "../../src/control/control-operations.ts";
import type { RecordedRequest } from "../../src/state/request-log.ts";
import type { Sync } from "./control.ts";
import { button, byId, element, setText } from "./element.ts";
import { describeFault, describeLeft, offeredFaults } from "./fault-buttons.ts";
import type { OfferedFault } from "./fault-buttons.ts";
import { canMeet, chosenTarget, showTargets } from "./fault-targets.ts";
import { requestRows } from "./request-rows.ts";
import type { ShownRequest } from "./request-rows.ts";
import { createSyncCard, nameOf, outcomeOf } from "./sync-card.ts";
import type { SyncAction, SyncCard } from "./sync-card.ts";
import { createWatcher } from "./watch-sync.ts";

interface Shown {
  readonly card: SyncCard;
  readonly stop: AbortController;
}

const refreshMs = 500;
const shownSyncs = 24;
const shownRequests = 60;

const pageKey = document.querySelector<HTMLMetaElement>("meta[name=mock-page-key]")?.content ?? "";
const watchSync = createWatcher(location.origin, pageKey);
const shown = new Map<string, Shown>();
const cards = byId("cards", HTMLUListElement);
const target = byId("target", HTMLSelectElement);
const news = byId("news", HTMLParagraphElement);
const problem = byId("problem", HTMLParagraphElement);

const info = await control<Info>("GET", "/info");
start();

function start(): void {
  setText(
    byId("served", HTMLParagraphElement),
    `${info.title} ${info.version} at ${location.origin}`,
  );
  byId("new-sync", HTMLElement).hidden = !info.isControllable;
  byId("endings", HTMLDivElement).append(
    ...info.endings.map(({ status, outcome }) =>
      button(nameOf(status), () => void createSync(status), { "data-outcome": outcome }),
    ),
  );
  byId("stays", HTMLDivElement).append(
    ...info.statuses
      .filter((status) => outcomeOf(info, status) === "running")
      .map((status) => button(`at ${nameOf(status)}`, () => void createSync(`at-${status}`))),
  );
  for (const offer of offeredFaults) {
    const press = button(offer.label, () => void addFault(offer));
    target.addEventListener("change", () => {
      press.disabled = !canMeet(offer, chosenTarget(target));
    });
    byId("faults", HTMLDivElement).append(press);
  }
  showTargets(target, info.operations, []);
  byId("reset", HTMLButtonElement).addEventListener("click", () => void perform("POST", "/reset"));
  byId("own", HTMLInputElement).addEventListener("change", () => void refresh());
  void keepRefreshing();
}

async function createSync(scenario: string): Promise<void> {
  const total = byId("total", HTMLInputElement).valueAsNumber;
  const pace = byId("pace", HTMLSelectElement).value;
  const advance = /^\d+$/.test(pace) ? { everyMs: Number(pace) } : pace;
  const isPlayed = !scenario.startsWith("at-");
  await perform("POST", "/syncs", {
    scenario,
    ...(isPlayed ? { advance, progressSteps: 12 } : {}),
    ...(isPlayed && !Number.isNaN(total) ? { totalRecords: total } : {}),
  });
}

async function addFault({ fault, when }: OfferedFault): Promise<void> {
  const { sync, ...operation } = chosenTarget(target);
  const forOne = sync === undefined ? {} : { target: sync };
  await perform("POST", "/faults", { fault, when: { ...when, ...operation }, ...forOne });
}

async function act(sync: Sync, action: SyncAction): Promise<void> {
  if (action === "remove") await perform("DELETE", syncPath(sync));
  else await perform("POST", `${syncPath(sync)}/${action}`, action === "advance" ? {} : undefined);
}

async function perform(method: string, path: string, body?: object): Promise<void> {
  try {
    await control(method, path, body);
    problem.hidden = true;
  } catch (error) {
    problem.hidden = false;
    setText(problem, error instanceof Error ? error.message : String(error));
  }
  await refresh();
}

async function keepRefreshing(): Promise<void> {
  for (;;) {
    if (document.visibilityState === "visible") await refresh();
    await new Promise((resolve) => setTimeout(resolve, refreshMs));
  }
}

async function refresh(): Promise<void> {
  try {
    const isOwnShown = byId("own", HTMLInputElement).checked;
    const [syncs, faults, ofClients, ofPage] = await Promise.all([
      control<Sync[]>("GET", `/syncs?limit=${shownSyncs}`),
      control<ShownFault[]>("GET", "/faults"),
      readRequests("clients"),
      isOwnShown ? readRequests("page") : [],
    ]);
    showSyncs(syncs);
    showFaults(faults);
    const newest = [...ofClients, ...ofPage].toSorted((a, b) => b.atMs - a.atMs);
    const rows = requestRows(newest.slice(0, shownRequests));
    byId("requests", HTMLTableSectionElement).replaceChildren(...rows);
    byId("no-requests", HTMLParagraphElement).hidden = rows.length > 0;
    if (problem.dataset["kind"] === "gone") problem.hidden = true;
  } catch {
    problem.hidden = false;
    problem.dataset["kind"] = "gone";
    setText(problem, "The mock does not respond. Start it again, and this page continues.");
  }
}

async function readRequests(from: "clients" | "page"): Promise<readonly ShownRequest[]> {
  const path = `/requests?from=${from}&limit=${shownRequests}`;
  const { requests } = await control<{ requests: RecordedRequest[] }>("GET", path);
  return requests.map((request) => ({ ...request, isFromPage: from === "page" })).toReversed();
}

function showSyncs(syncs: readonly Sync[]): void {
  const present = new Set(syncs.map(({ id }) => id));
  for (const [id, { card, stop }] of shown) {
    if (present.has(id)) continue;
    stop.abort();
    card.element.remove();
    shown.delete(id);
  }
  for (const sync of syncs) {
    const known = shown.get(sync.id) ?? showNew(sync);
    known.card.showControl(sync);
  }
  byId("no-syncs", HTMLParagraphElement).hidden = syncs.length > 0 || !info.isControllable;
  showTargets(target, info.operations, syncs);
}

function showNew(sync: Sync): Shown {
  const card = createSyncCard(info, sync, news, (action) => void act(sync, action));
  const stop = new AbortController();
  const entry = { card, stop };
  shown.set(sync.id, entry);
  cards.prepend(card.element);
  watchSync(
    sync,
    {
      onUpdate: (update) => {
        card.showUpdate(update);
        if (update.isTerminal)
          setText(news, `Sync ${sync.id} is ${nameOf(update.syncLog.status)}.`);
      },
      onTrouble: card.showTrouble,
    },
    stop.signal,
  );
  return entry;
}

function showFaults(faults: readonly ShownFault[]): void {
  const active = faults.filter(({ isSpent }) => !isSpent);
  const list = byId("active-faults", HTMLUListElement);
  byId("no-faults", HTMLParagraphElement).hidden = active.length > 0;
  const signature = active.map(({ faultId, left }) => `${faultId} ${left}`).join();
  if (list.dataset["shown"] === signature) return;
  list.dataset["shown"] = signature;
  const items = active.map(({ faultId, fault, left, target: id, when: { operation } }) => {
    const parts = [describeFault(fault), describeLeft(left), id ?? operation];
    const text = parts.filter((part) => part !== undefined).join(" · ");
    const remove = button("Disarm", () => void perform("DELETE", `/faults/${faultId}`), {
      class: "button subtle",
      "aria-label": `Disarm the fault ${describeFault(fault)}`,
    });
    return element("li", { class: "row" }, element("span", { class: "whole" }, text), remove);
  });
  list.replaceChildren(...items);
}
