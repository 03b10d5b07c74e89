import type { OpenApiDocument } from "@qontext/sync-log-document";
import { isJsonObject, statusesOf } from "@qontext/sync-log-document";
import { ControlError } from "../errors.ts";
import { faultSyntax } from "../faults/check-fault.ts";
import type { FaultRules, FaultStatus } from "../faults/fault-rules.ts";
import type { FaultPlan, FaultWhen } from "../faults/fault.ts";
import type { MockState, RunAddress } from "../state/mock-state.ts";
import type { PlayOptions } from "../state/play.ts";
import type { Run } from "../state/run.ts";
import { curlLine } from "./curl-line.ts";
import type { Access } from "../http/access.ts";
import { scenarioNames } from "../state/scenario.ts";

/** The names by which the control interface speaks of a run: its path parameters, in the words of the product. */
export type RunName = Readonly<Record<string, string>>;

/** How the control interface speaks of runs. */
export interface ControlFace {
  /** The key that is shown where any key is taken. */
  readonly anyKey: string;
  /** Creates a run from a body that the control document has checked. */
  create(state: MockState, body: unknown): Run;
  nameOf(run: Run): RunName;
  addressOf(name: RunName): RunAddress;
}

/** What the control interface acts on. */
export interface ControlContext {
  readonly state: MockState;
  readonly document: OpenApiDocument;
  readonly reset: () => void;
  readonly face: ControlFace;
  readonly access: Access;
  /** Header that carries the key, if one does. */
  readonly keyHeader: string | undefined;
}

/** A call of an operation of the control interface. The body has been checked by the control document. */
export interface ControlCall<Body = unknown> {
  readonly path: RunName;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** The URL under which the mock was asked. */
  readonly origin: string;
}

type ControlOperation<Body = unknown> = (
  context: ControlContext,
  call: ControlCall<Body>,
) => unknown;

interface NewFault {
  readonly fault: FaultPlan;
  readonly when?: FaultWhen;
  readonly target?: RunName;
}

/** What the mock serves and allows. */
export interface Info {
  readonly title: string;
  readonly version: string;
  readonly isControllable: boolean;
  readonly pathTemplate: string | null;
  readonly operations: readonly string[];
  readonly scenarios: readonly string[];
  readonly endings: readonly { readonly status: string; readonly outcome: string }[];
  readonly statuses: readonly string[];
  readonly faults: readonly string[];
  readonly notes: readonly string[];
}

/** A fault that has been added. */
export interface ShownFault extends Omit<FaultStatus, "id" | "plan"> {
  readonly faultId: string;
  readonly fault: FaultPlan;
  /** Id of the run that it is for; absent for all requests. */
  readonly target?: string;
}

/** Describes the served document and what can be controlled. */
export function getInfo({ state: { resource }, document }: ControlContext): Info {
  const info = isJsonObject(document.value["info"]) ? document.value["info"] : {};
  const { title, version } = info;
  const terminal = Object.entries(resource?.lifecycle.terminal ?? {});
  return {
    title: typeof title === "string" ? title : "",
    version: typeof version === "string" ? version : "",
    isControllable: resource !== undefined,
    pathTemplate: resource?.operation.path ?? null,
    operations: document.operations.map(({ id }) => id),
    scenarios: resource === undefined ? [] : scenarioNames(resource),
    endings: terminal.map(([status, outcome]) => ({ status, outcome })),
    statuses: resource === undefined ? [] : statusesOf(resource.lifecycle),
    faults: faultSyntax,
    notes: resource?.notes ?? [],
  };
}

export function listRuns(context: ControlContext, { query, origin }: ControlCall): unknown {
  return context.state.runs.slice(-readLimit(query)).map((run) => showRun(context, run, origin));
}

export function createRun(context: ControlContext, { body, origin }: ControlCall): unknown {
  return showRun(context, context.face.create(context.state, body), origin);
}

export const getRun: ControlOperation = onRun((run) => run);

export function deleteRun(context: ControlContext, { path }: ControlCall): void {
  context.state.remove(findRun(context, path));
}

export const followRun: ControlOperation<PlayOptions & { readonly ending: string }> = onRun(
  (run, options) => run.follow(options.ending, options),
);

export const putRunAt: ControlOperation<PlayOptions & { readonly status: string }> = onRun(
  (run, options) => run.at(options.status, options.fields, options),
);

export const advanceRun: ControlOperation<{ readonly steps?: number } | undefined> = onRun(
  (run, options) => run.advance(options?.steps),
);

export const freezeRun: ControlOperation = onRun((run) => run.freeze());

/** An operation on one run, which shows it. */
function onRun<Body>(change: (run: Run, body: Body) => Run): ControlOperation<Body> {
  return (context, { path, body, origin }) =>
    showRun(context, change(findRun(context, path), body), origin);
}

export function listFaults({ state }: ControlContext): readonly ShownFault[] {
  const ofRuns = state.runs.flatMap((run) => showFaults(run.faults, run));
  return [...showFaults(state.faults), ...ofRuns];
}

export function addFault(context: ControlContext, { body }: ControlCall<NewFault>): unknown {
  const { fault, when, target } = body;
  const run = target && findRun(context, target);
  const rules = run?.faults ?? context.state.faults;
  const { id } = rules.add(fault, when);
  return showFaults(rules, run).find(({ faultId }) => faultId === id);
}

export function clearFaults({ state }: ControlContext): void {
  for (const { faults } of [state, ...state.runs]) faults.clear();
}

export function removeFault({ state }: ControlContext, { path }: ControlCall): void {
  const { faultId = "" } = path;
  if ([state, ...state.runs].some(({ faults }) => faults.remove(faultId))) return;
  throw new ControlError(404, "mock_not_found", `There is no fault "${faultId}".`);
}

export function listRequests({ state }: ControlContext, { query }: ControlCall): unknown {
  const { entries, count } = isFromPage(query) ? state.pageRequests : state.requests;
  return { count, requests: entries.slice(-readLimit(query)) };
}

export function reset(context: ControlContext): void {
  context.reset();
}

function isFromPage(query: URLSearchParams): boolean {
  const from = query.get("from") ?? "clients";
  if (from === "clients" || from === "page") return from === "page";
  throw new ControlError(400, "mock_control", "from must be clients or page.");
}

/** How many of the last entries to show; all of them without a limit. */
function readLimit(query: URLSearchParams): number {
  const limit = query.get("limit");
  if (limit === null) return Number.MAX_SAFE_INTEGER;
  if (/^[1-9]\d{0,8}$/.test(limit)) return Number(limit);
  throw new ControlError(400, "mock_control", "limit must be a whole number of at least 1.");
}

function findRun({ state, face }: ControlContext, name: RunName): Run {
  const run = state.find(state.parametersOf(face.addressOf(name)));
  if (run !== undefined) return run;
  const names = Object.entries(name).map(([key, value]) => `${key} ${value}`);
  throw new ControlError(404, "mock_not_found", `Nothing is mocked with ${names.join(" and ")}.`);
}

function showRun({ face, access, keyHeader }: ControlContext, run: Run, origin: string): unknown {
  const { path, status, ahead, pace, body } = run;
  const key = access.keyFor(run.owner, face.anyKey);
  const curl = curlLine(origin + path, { key, keyHeader });
  return { ...face.nameOf(run), path, status, ahead, advance: pace, body, key: key ?? null, curl };
}

function showFaults(rules: FaultRules, run?: Run): readonly ShownFault[] {
  const target = run === undefined ? {} : { target: run.id };
  return rules.list().map(({ id, plan, ...shown }) => {
    return { faultId: id, fault: plan, ...shown, ...target };
  });
}
