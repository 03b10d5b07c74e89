import {
  parseDuration,
  parseWholeNumber,
  readArguments,
  UsageError,
} from "@qontext/sync-log-command-line";
import type { MockServerOptions, Scenario } from "../face.ts";
import type { InitialFault } from "../mock-plan.ts";
import type { ListOrder } from "../state/run-lists.ts";
import { listOrders } from "../state/run-lists.ts";
import { parseFault } from "./parse-fault.ts";

/** What the command was asked to do. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "serve"; readonly options: MockServerOptions; readonly isJson: boolean };

const options = {
  port: { type: "string" },
  host: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  "api-key": { type: "string", multiple: true },
  scenario: { type: "string", multiple: true },
  "list-order": { type: "string" },
  latency: { type: "string" },
  fault: { type: "string", multiple: true },
  seed: { type: "string" },
  spec: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown option or an invalid value.
 */
export function parseArguments(args: readonly string[]): CommandLine {
  const { values } = readArguments({ args: [...args], options });
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const { host, seed, spec, scenario } = values;
  const faults = [
    ...(values.latency === undefined ? [] : [parseLatency(values.latency)]),
    ...(values.fault ?? []).map(parseFault),
  ];
  return {
    kind: "serve",
    isJson: values.json === true,
    options: {
      port: parseWholeNumber(values.port ?? "4010", "--port", 0, 65_535),
      host,
      allowedHosts: values["allow-host"],
      seed,
      spec,
      scenarios: scenario?.map(parseScenario),
      apiKeys: values["api-key"] && parseApiKeys(values["api-key"]),
      listOrder:
        values["list-order"] === undefined ? undefined : parseListOrder(values["list-order"]),
      faults,
    },
  };
}

/** `KEY=ws_…[,ws_…]`; a key that is given twice opens the workspaces of both. */
function parseApiKeys(texts: readonly string[]): Record<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const text of texts) {
    const [, key = "", list = ""] = /^(.*)=([^=]*)$/s.exec(text) ?? [];
    const workspaces = list.split(",").filter((name) => name !== "");
    if (key === "" || workspaces.length === 0) {
      throw new UsageError("--api-key takes KEY=WORKSPACE[,WORKSPACE…], such as q_sk_test=ws_….");
    }
    keys.set(key, [...(keys.get(key) ?? []), ...workspaces]);
  }
  return Object.fromEntries(keys);
}

/** `NAME`, or `NAME@DURATION` for one that takes a step each time this has passed. */
function parseScenario(text: string): Scenario {
  const [name = "", every] = text.split(/@(.*)/s);
  if (every === undefined) return { name };
  return { name, advance: { everyMs: parseDuration(every, "--scenario NAME@DURATION", 1) } };
}

function parseListOrder(text: string): ListOrder {
  const order = listOrders.find((one) => one === text);
  if (order !== undefined) return order;
  throw new UsageError(`--list-order is one of ${listOrders.join(", ")}, not "${text}".`);
}

/** `DURATION`, or `DURATION..DURATION` for a random delay between the two. */
function parseLatency(text: string): InitialFault {
  const [least = "", most] = text.split("..");
  const delayMs = parseDuration(least, "--latency");
  const jitterMs = most === undefined ? 0 : parseDuration(most, "--latency") - delayMs;
  if (jitterMs < 0) throw new UsageError(`--latency takes the shorter delay first, not "${text}".`);
  return { plan: { kind: "latency", delayMs, jitterMs } };
}
