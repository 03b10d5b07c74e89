import type { SyncLogUpdate } from "@qontext/sync-log-client";
import type { Info } from "../../src/control/control-operations.ts";
import type { Sync } from "./control.ts";
import { createCopyable } from "./copyable.ts";
import { button, element, setText } from "./element.ts";
import { createRatePlot } from "./rate-plot.ts";

/** What a person can do with a sync. */
export type SyncAction = "advance" | "freeze" | "remove";

/** One sync on the page. */
export interface SyncCard {
  readonly element: HTMLLIElement;
  readonly showUpdate: (update: SyncLogUpdate) => void;
  readonly showTrouble: (what: string) => void;
  readonly showControl: (sync: Sync) => void;
}

const number = new Intl.NumberFormat("en");

/** The outcome of a status, for its color; `running` for one that is not terminal. */
export function outcomeOf(info: Info, status: string): string {
  return info.endings.find((ending) => ending.status === status)?.outcome ?? "running";
}

/** A status as a person reads it. */
export function nameOf(status: string): string {
  return status.replaceAll("_", " ");
}

/** Creates the card of a sync. */
export function createSyncCard(
  info: Info,
  sync: Sync,
  news: Element,
  act: (action: SyncAction) => void,
): SyncCard {
  const parts = createParts(sync, news, act);
  const {
    card,
    trouble,
    key,
    curl,
    pill,
    kind,
    bar,
    counts,
    pace,
    message,
    steps,
    plot,
    advance,
    freeze,
  } = parts;
  let isOver = false;
  let latest = sync;
  const showStatus = (status: string): void => {
    const outcome = outcomeOf(info, status);
    card.dataset["outcome"] = outcome;
    card.dataset["status"] = status;
    setText(pill, nameOf(status));
    isOver = outcome !== "running";
    advance.disabled = isOver;
    freeze.disabled = isOver;
  };
  // What the client has read may be newer than the state of the control interface.
  const showWay = (): void => {
    showSteps(steps, info, latest, card.dataset["status"] ?? latest.status);
    setText(kind, isOver ? "has ended" : paceOf(latest));
  };
  showStatus(sync.status);
  return {
    element: card,
    showControl(now) {
      latest = now;
      key.set(now.key ?? "no key opens this workspace");
      curl.set(now.curl);
      showWay();
    },
    showUpdate(update) {
      const { syncLog, percent, ratePerSecond, etaMs } = update;
      showStatus(syncLog.status);
      showWay();
      trouble.hidden = true;
      if (percent === null) bar.removeAttribute("value");
      else bar.value = percent;
      bar.hidden = percent === null && isOver;
      setText(counts, countsText(syncLog.recordsIngested, syncLog.totalRecordsToIngest, percent));
      setText(pace, isOver ? "" : paceText(ratePerSecond, etaMs));
      plot.add({ atMs: Date.now(), ratePerSecond: ratePerSecond ?? 0 });
      const text = syncLog.userFacingErrorMessage ?? syncLog.errorMessage ?? "";
      message.hidden = text === "";
      setText(message, text);
    },
    showTrouble(what) {
      trouble.hidden = false;
      setText(trouble, what);
    },
  };
}

function createParts(sync: Sync, news: Element, act: (action: SyncAction) => void) {
  const actionButton = (label: string, action: SyncAction, style = "button"): HTMLButtonElement =>
    button(label, () => act(action), { "aria-label": `${label} ${sync.id}`, class: style });
  const parts = {
    key: createCopyable(`the key for ${sync.id}`, news),
    curl: createCopyable(`the curl line for ${sync.id}`, news),
    pill: element("span", { class: "pill" }),
    trouble: element("span", { class: "trouble", hidden: true }),
    kind: element("span", { class: "quiet" }),
    bar: element("progress", { max: "100", "aria-label": `Progress of ${sync.id}` }),
    counts: element("span", {}),
    pace: element("span", { class: "quiet" }),
    message: element("p", { class: "message", hidden: true }),
    steps: element("ol", { class: "steps plain", "aria-label": "Statuses" }),
    plot: createRatePlot(),
    advance: actionButton("Advance", "advance"),
    freeze: actionButton("Freeze", "freeze"),
  };
  const {
    key,
    curl,
    pill,
    trouble,
    kind,
    bar,
    counts,
    pace,
    message,
    steps,
    plot,
    advance,
    freeze,
  } = parts;
  const id = createCopyable(`the id ${sync.id}`, news);
  const workspace = createCopyable(`the workspace of ${sync.id}`, news);
  id.set(sync.id);
  workspace.set(sync.workspaceId);
  const facts = Object.entries({ Workspace: workspace, Key: key, curl }).flatMap(
    ([name, { parts: shown }]) => [element("dt", {}, name), element("dd", {}, ...shown)],
  );
  const remove = actionButton("Remove", "remove", "button subtle");
  const card = element(
    "li",
    { class: "panel card", "data-sync": sync.id },
    element("div", { class: "card-head" }, element("h3", {}, id.parts[0]), id.parts[1], pill),
    element("dl", { class: "facts" }, ...facts),
    steps,
    element("div", {}, bar, element("div", { class: "row" }, counts, pace)),
    plot.element,
    message,
    element("div", { class: "row" }, kind, trouble),
    element("div", { class: "buttons" }, advance, freeze, remove),
  );
  return { card, ...parts };
}

function showSteps(steps: HTMLOListElement, info: Info, sync: Sync, status: string): void {
  const order = info.statuses.filter((name) => outcomeOf(info, name) === "running");
  const ending = [status, ...sync.ahead].find((name) => outcomeOf(info, name) !== "running");
  const way = ending === undefined ? order : [...order, ending];
  const at = way.indexOf(status);
  const items = way.map((name, index) => {
    const state = index < at ? "past" : index === at ? "now" : "ahead";
    const text = element("span", { class: "step-name" }, nameOf(name));
    return element(
      "li",
      { class: `step ${state}`, "aria-current": state === "now" ? "step" : undefined },
      text,
    );
  });
  const signature = `${way.join()} ${status}`;
  if (steps.dataset["shown"] === signature) return;
  steps.dataset["shown"] = signature;
  steps.replaceChildren(...items);
}

function paceOf({ advance }: Sync): string {
  if (advance === "per-request") return "moves on with each request";
  if (advance === "manual") return "moves on when advanced";
  return `moves on every ${advance.everyMs / 1000} s`;
}

function countsText(
  ingested: number | null | undefined,
  total: number | null | undefined,
  percent: number | null,
): string {
  if (typeof ingested !== "number") return "nothing counted yet";
  if (typeof total !== "number") return `${number.format(ingested)} records, total unknown`;
  const share = percent === null ? "" : ` · ${Math.round(percent)} %`;
  return `${number.format(ingested)} of ${number.format(total)}${share}`;
}

function paceText(ratePerSecond: number | null, etaMs: number | null): string {
  if (ratePerSecond === null) return "";
  const rate = `${number.format(Math.round(ratePerSecond))} records/s`;
  return etaMs === null ? rate : `${rate} · ${Math.max(0, Math.round(etaMs / 1000))} s left`;
}
