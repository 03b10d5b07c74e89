import { statusesOf as allStatuses } from "@qontext/sync-log-rules";
import { checkFault, faultSyntax } from "../faults/check-fault.ts";
import type { FaultPlan, FaultWhen } from "../faults/fault.ts";
import type { FaultRules } from "../faults/fault-rules.ts";
import { statusOf } from "../lifecycle/status-of.ts";
import type { JsonObject } from "../spec/json.ts";
import type { MockState, SyncEntry } from "../state/mock-state.ts";
import { playScenario, scenarioNames } from "../state/scenario.ts";
import type { Scenario } from "../state/scenario.ts";
import type { FollowOptions } from "../state/sync-state.ts";
import { pathOfSync } from "../sync-handle.ts";
import { ControlError } from "../errors.ts";

/** What an operation of the control interface is called with. The body has been checked by the control document. */
export interface ControlCall<Body = unknown> {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
}

/** What the control interface acts on. */
export interface ControlContext {
  readonly state: MockState;
  readonly document: JsonObject;
  readonly reset: () => void;
}

interface NewFault {
  readonly fault: FaultPlan;
  readonly when?: FaultWhen;
  readonly sync?: { readonly workspaceId: string; readonly id: string };
}

interface At {
  readonly status: string;
  readonly fields?: JsonObject;
  readonly unchecked?: boolean;
}

type NewSync = Omit<Scenario, "name"> & { readonly scenario?: string };

/** What the mock is, and what can be asked of it. */
export function getInfo({ state, document }: ControlContext): unknown {
  const { resource } = state;
  const info = document["info"];
  const text = (name: "title" | "version"): string => {
    const value =
      typeof info === "object" && info !== null && name in info ? Reflect.get(info, name) : "";
    return typeof value === "string" ? value : "";
  };
  const terminal = Object.entries(resource?.lifecycle.terminal ?? {});
  return {
    title: text("title"),
    version: text("version"),
    isControllable: resource !== undefined,
    pathTemplate: resource?.path.template ?? null,
    scenarios: resource === undefined ? [] : scenarioNames(resource),
    endings: terminal.map(([status, outcome]) => ({ status, outcome })),
    statuses: resource === undefined ? [] : allStatuses(resource.lifecycle),
    faults: faultSyntax,
  };
}

export function listSyncs({ state }: ControlContext, { query }: ControlCall): unknown {
  return [...state.syncs].slice(-readLimit(query)).map(showSync);
}

export function createSync({ state }: ControlContext, { body }: ControlCall<NewSync>): unknown {
  const { scenario, ...options } = body;
  const entry =
    scenario === undefined
      ? state.create(options)
      : playScenario(state, { name: scenario, ...options });
  return showSync(entry);
}

export function getSync(context: ControlContext, call: ControlCall): unknown {
  return showSync(findSync(context, call.path));
}

export function deleteSync(context: ControlContext, call: ControlCall): void {
  context.state.remove(findSync(context, call.path).state.path);
}

export function followSync(
  context: ControlContext,
  { path, body }: ControlCall<FollowOptions & { readonly ending: string }>,
): unknown {
  const entry = findSync(context, path);
  const { ending, ...options } = body;
  entry.state.follow(ending, options);
  return showSync(entry);
}

export function putSyncAt(context: ControlContext, { path, body }: ControlCall<At>): unknown {
  const entry = findSync(context, path);
  entry.state.at(body.status, body.fields ?? {}, body);
  return showSync(entry);
}

export function advanceSync(
  context: ControlContext,
  { path, body }: ControlCall<{ readonly steps?: number } | undefined>,
): unknown {
  const entry = findSync(context, path);
  entry.state.step(body?.steps ?? 1);
  return showSync(entry);
}

export function freezeSync(context: ControlContext, { path }: ControlCall): unknown {
  const entry = findSync(context, path);
  entry.state.freeze();
  return showSync(entry);
}

export function listFaults({ state }: ControlContext): unknown {
  const ofSyncs = [...state.syncs].flatMap((entry) => showFaults(entry.faults, entry));
  return [...showFaults(state.faults, undefined), ...ofSyncs];
}

export function addFault(context: ControlContext, { body }: ControlCall<NewFault>): unknown {
  const { fault, when = {}, sync } = body;
  const entry = sync === undefined ? undefined : findSync(context, sync);
  checkFault(fault, when, context.state.resource?.errors);
  const rules = entry?.faults ?? context.state.faults;
  const { id } = rules.add(fault, when);
  return showFaults(rules, entry).find(({ faultId }) => faultId === id);
}

export function clearFaults({ state }: ControlContext): void {
  state.faults.clear();
  for (const entry of state.syncs) entry.faults.clear();
}

export function removeFault({ state }: ControlContext, { path }: ControlCall): void {
  const id = path["faultId"] ?? "";
  const all = [state.faults, ...[...state.syncs].map((entry) => entry.faults)];
  if (!all.some((rules) => rules.remove(id))) {
    throw new ControlError(404, "mock_not_found", `There is no fault "${id}".`);
  }
}

export function listRequests({ state }: ControlContext, { query }: ControlCall): unknown {
  const { entries, count } = state.requests;
  return { count, requests: entries.slice(-readLimit(query)) };
}

/** How many of the last to show; all of them without a limit. */
function readLimit(query: URLSearchParams): number {
  const limit = query.get("limit");
  if (limit === null) return Number.MAX_SAFE_INTEGER;
  if (/^[1-9]\d{0,8}$/.test(limit)) return Number(limit);
  throw new ControlError(400, "mock_control", "limit must be a whole number of at least 1.");
}

export function reset(context: ControlContext): void {
  context.reset();
}

function findSync({ state }: ControlContext, path: Readonly<Record<string, string>>): SyncEntry {
  const resource = state.requireResource();
  const { id = "", workspaceId = "" } = path;
  const values: Record<string, string> = { ...resource.pathExamples, [resource.idParameter]: id };
  if (resource.tenantParameter !== undefined) values[resource.tenantParameter] = workspaceId;
  const entry = state.find(values);
  if (entry !== undefined) return entry;
  throw new ControlError(
    404,
    "mock_not_found",
    `There is no sync ${id} in workspace ${workspaceId}.`,
  );
}

function showSync({ state }: SyncEntry): unknown {
  const { resource, path } = state;
  const body = state.peek();
  return {
    workspaceId: path[resource.tenantParameter ?? ""] ?? "",
    id: path[resource.idParameter] ?? "",
    path: pathOfSync(state),
    status: statusOf(resource, body),
    ahead: state.ahead,
    advance: state.advance,
    body,
  };
}

interface ShownFault {
  readonly faultId: string;
}

function showFaults(rules: FaultRules, entry: SyncEntry | undefined): readonly ShownFault[] {
  const sync =
    entry === undefined ? {} : { sync: entry.state.path[entry.state.resource.idParameter] };
  return rules.list().map(({ id, plan, when, hits, isSpent }) => ({
    faultId: id,
    fault: plan,
    when,
    hits,
    isSpent,
    ...sync,
  }));
}
