import type { Operation } from "@qontext/sync-log-document";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { keyVariables, parameterOptions } from "../face.ts";
import type { PlannedCase } from "../plan/contract-case.ts";
import { createPlan } from "../plan/create-plan.ts";
import { parameterExamples } from "../plan/parameter-examples.ts";
import type { ParameterValues, PlanInput } from "../plan/plan-input.ts";
import { narrowestParameter, ownerParameter, resourceParameter } from "../plan/plan-input.ts";
import type { Secret } from "../report/redact.ts";
import { secretsOf } from "../report/redact.ts";
import type { Specification } from "../specification.ts";
import { createSpecification, credentialOf } from "../specification.ts";
import type { GivenParameters, RunOptions } from "./run-options.ts";

/** Everything about a run that is known before the first request. */
export interface PreparedRun {
  readonly options: RunOptions;
  readonly provider: URL;
  readonly specification: Specification;
  readonly seed: number;
  readonly keys: readonly string[];
  readonly secrets: readonly Secret[];
  readonly plans: readonly OperationPlan[];
}

/** The plan of one operation. */
export interface OperationPlan {
  readonly input: PlanInput;
  readonly cases: readonly PlannedCase[];
}

/**
 * Makes the plan of a run. Sends nothing, so that the cases are known before the provider runs.
 *
 * @throws CouldNotJudgeError if the options, the spec, or something in the spec cannot be used.
 */
export function prepareRun(options: RunOptions): PreparedRun {
  const provider = readHttpUrl("BASE_URL", options.baseUrl);
  if (provider.username !== "" || provider.search !== "" || provider.hash !== "") {
    throw badOptions("BASE_URL has a user, query or fragment; give the origin and the path only.");
  }
  const specification = createSpecification(options);
  const { seed = 1, apiKey, otherApiKey } = options;
  const keys = [apiKey, otherApiKey].filter((key) => key !== undefined).filter((key) => key !== "");
  for (const key of keys) checkKey(key);
  const plans = specification.operations.map((operation) => {
    const input = planInput(options, provider, specification, operation, seed);
    return { input, cases: createPlan(input) };
  });
  const secrets = secretsOf({ own: apiKey, other: otherApiKey }, seed);
  return { options, provider, specification, seed, keys, secrets, plans };
}

/** @throws CouldNotJudgeError `bad_options` for a text that is not the URL of an HTTP server. */
export function readHttpUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw badOptions(`${name} ${JSON.stringify(text)} is not a URL with http: or https:.`);
}

function badOptions(message: string): CouldNotJudgeError {
  return new CouldNotJudgeError("bad_options", message);
}

const minKeyLength = 4;

function checkKey(key: string): void {
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(key)) {
    throw badOptions("The API key has characters that no header can carry.");
  }
  if (key.length >= minKeyLength) return;
  throw badOptions(
    `The API key is shorter than ${minKeyLength} characters, so it could not be kept out of the reports.`,
  );
}

function planInput(
  options: RunOptions,
  provider: URL,
  specification: Specification,
  operation: Operation,
  seed: number,
): PlanInput {
  const credential = credentialOf(operation);
  const { apiKey, otherApiKey, otherParams } = options;
  if (credential !== undefined && (apiKey === undefined || apiKey === "")) {
    const message = `${operation.id} asks for a key: set ${keyVariables.own} or give --api-key.`;
    throw badOptions(message);
  }
  const which = { operation, specification };
  const [owner, resource] = [ownerParameter(which), resourceParameter(which)];
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(provider.hostname);
  return {
    specification,
    operation,
    basePath: provider.pathname.replace(/\/+$/, ""),
    targets: targetsOf(options, specification, operation),
    other: {
      owner: valuesFor(owner, otherParams)[0],
      resource: valuesFor(resource, otherParams)[0],
      key: otherApiKey,
    },
    credential,
    key: credential === undefined ? undefined : apiKey,
    seed,
    mayTouchData: options.mayTouchData ?? isLoopback,
  };
}

/** The resources that exist: one for each value of the parameter that names them, or the owner of a list. */
function targetsOf(
  { params }: RunOptions,
  specification: Specification,
  operation: Operation,
): readonly ParameterValues[] {
  const { document, operations } = specification;
  const lists: [string, readonly string[]][] = [];
  for (const parameter of operation.parameters) {
    const { name, isRequired } = parameter;
    const given = valuesFor(name, params);
    const isGuessed = given.length === 0 && isRequired;
    const values = isGuessed ? parameterExamples(document, parameter).slice(0, 1) : given;
    if (values.length > 0) lists.push([name, values]);
    else if (isRequired) {
      const option = parameterOptions[name];
      const hint = option === undefined ? "" : ` or --${option}`;
      const elsewhere = operations.length > 1 ? ", or judge other operations with --operation" : "";
      const message = `${operation.id} needs a value for its parameter ${name}: give --param ${name}=…${hint}${elsewhere}.`;
      throw badOptions(message);
    }
  }
  const varying = narrowestParameter({ operation, specification });
  const first = Object.fromEntries(lists.map(([name, values]) => [name, values[0] ?? ""]));
  const resources = lists.find(([name]) => name === varying)?.[1] ?? [];
  if (varying === undefined || resources.length === 0) return [first];
  return resources.map((value) => ({ ...first, [varying]: value }));
}

function valuesFor(name: string | undefined, given: GivenParameters = {}): readonly string[] {
  const isGiven = name !== undefined && Object.hasOwn(given, name);
  return isGiven ? [given[name] ?? []].flat() : [];
}
