import { parseArgs } from "node:util";
import type { InitialFault, MockServerOptions } from "../mock-options.ts";
import type { Scenario } from "../state/scenario.ts";
import { parseDuration } from "./parse-duration.ts";
import { parseFault } from "./parse-fault.ts";
import { UsageError } from "./usage-error.ts";

/** What the command was asked to do. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "serve"; readonly options: MockServerOptions; readonly isJson: boolean };

const options = {
  port: { type: "string" },
  host: { type: "string" },
  "api-key": { type: "string", multiple: true },
  scenario: { type: "string", multiple: true },
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
 * @throws {@link UsageError} for an option that there is not, or a value that it does not take.
 */
export function parseArguments(args: readonly string[]): CommandLine {
  const values = parseOptions(args);
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
      port: parsePort(values.port ?? "4010"),
      ...(host === undefined ? {} : { host }),
      ...(seed === undefined ? {} : { seed }),
      ...(spec === undefined ? {} : { spec }),
      ...(scenario === undefined ? {} : { scenarios: scenario.map(parseScenario) }),
      ...(values["api-key"] === undefined ? {} : { apiKeys: parseApiKeys(values["api-key"]) }),
      ...(faults.length === 0 ? {} : { faults }),
    },
  };
}

function parseOptions(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof options }>>["values"] {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split(
      /\.? To specify|\n/,
    );
    throw new UsageError(`${first?.replace(/\.$/, "")}. --help lists the options.`, {
      cause: error,
    });
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
}

/** `KEY=ws_…[,ws_…]`; a key that is given twice opens the workspaces of both. */
function parseApiKeys(texts: readonly string[]): Record<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const text of texts) {
    const end = text.lastIndexOf("=");
    const key = text.slice(0, Math.max(end, 0));
    const workspaces = text
      .slice(end + 1)
      .split(",")
      .filter((name) => name !== "");
    if (key === "" || workspaces.length === 0) {
      throw new UsageError("--api-key takes KEY=WORKSPACE[,WORKSPACE…], such as q_sk_test=ws_….");
    }
    keys.set(key, [...(keys.get(key) ?? []), ...workspaces]);
  }
  return Object.fromEntries(keys);
}

/** `NAME`, or `NAME@DURATION` for one that moves on with the time. */
function parseScenario(text: string): Scenario {
  const [name = "", every] = text.split(/@(.*)/s);
  if (every === undefined) return { name };
  const everyMs = parseDuration(every, "--scenario NAME@DURATION");
  if (everyMs < 1) throw new UsageError("--scenario NAME@DURATION takes 1ms or more.");
  return { name, advance: { everyMs } };
}

/** `DURATION`, or `DURATION..DURATION` for a delay between the two. */
function parseLatency(text: string): InitialFault {
  const [least = "", most] = text.split("..");
  const delayMs = parseDuration(least, "--latency");
  const jitterMs = most === undefined ? 0 : parseDuration(most, "--latency") - delayMs;
  if (jitterMs < 0) throw new UsageError(`--latency takes the shorter delay first, not "${text}".`);
  return { plan: { kind: "latency", delayMs, jitterMs } };
}
