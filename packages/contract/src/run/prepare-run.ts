import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { createPlan } from "../plan/create-plan.ts";
import type { ContractCase } from "../plan/contract-case.ts";
import type { ParameterValues, PlanInput } from "../plan/plan-input.ts";
import { ownerParameter, resourceParameter } from "../plan/plan-input.ts";
import type { Secret } from "../report/redact.ts";
import { secretsOf } from "../report/redact.ts";
import { createSpecification } from "../spec/create-specification.ts";
import { checkDocument } from "../spec/load-document.ts";
import type { Operation, Specification } from "../spec/operation.ts";
import type { VerifyOptions } from "./verify-options.ts";

/** Everything about a run that is known before the first request. */
export interface PreparedRun {
  readonly options: VerifyOptions;
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
  readonly cases: readonly ContractCase[];
}

/**
 * Makes the plan of a run. Asks nothing of the provider, so that the cases are known before it is there.
 *
 * @throws {@link CouldNotJudgeError} if the options, the spec, or something in the spec cannot be used.
 */
export function prepareRun(options: VerifyOptions): PreparedRun {
  const provider = readBaseUrl(options.baseUrl);
  const document = options.document ?? checkDocument(openapiDocument, "of the sync-log endpoint");
  const specification = createSpecification(document, {
    ...(options.ignoredFormats === undefined ? {} : { ignoredFormats: options.ignoredFormats }),
    ...(options.operationIds === undefined ? {} : { operationIds: options.operationIds }),
  });
  const seed = options.seed ?? 1;
  const keys = [options.apiKey, options.otherApiKey].flatMap((key) =>
    key === undefined || key === "" ? [] : [key],
  );
  for (const key of keys) checkKey(key);
  const own = options.apiKey === undefined ? {} : { own: options.apiKey };
  const other = options.otherApiKey === undefined ? {} : { other: options.otherApiKey };
  const plans = specification.operations.map((operation) => {
    const input = planInput(options, provider, specification, operation, seed);
    return { input, cases: createPlan(input) };
  });
  return {
    options,
    provider,
    specification,
    seed,
    keys,
    secrets: secretsOf({ ...own, ...other }, seed),
    plans,
  };
}

function readBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new CouldNotJudgeError(
      "bad_options",
      `BASE_URL ${JSON.stringify(text)} is not a URL with http: or https:.`,
    );
  }
  if (url.username !== "" || url.search !== "" || url.hash !== "") {
    throw new CouldNotJudgeError(
      "bad_options",
      "BASE_URL has a user, query or fragment; give the origin and the path only.",
    );
  }
  return url;
}

const minKeyLength = 4;

function checkKey(key: string): void {
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(key)) {
    throw new CouldNotJudgeError(
      "bad_options",
      "The API key has characters that no header can carry.",
    );
  }
  if (key.length >= minKeyLength) return;
  throw new CouldNotJudgeError(
    "bad_options",
    `The API key is shorter than ${minKeyLength} characters, so it could not be kept out of the reports.`,
  );
}

function planInput(
  options: VerifyOptions,
  provider: URL,
  specification: Specification,
  operation: Operation,
  seed: number,
): PlanInput {
  if (operation.security !== undefined && (options.apiKey === undefined || options.apiKey === "")) {
    const message = `${operation.id} asks for a key: set QONTEXT_API_KEY or give --api-key.`;
    throw new CouldNotJudgeError("bad_options", message);
  }
  const { otherWorkspace, otherSyncLog, otherApiKey, apiKey } = options;
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(provider.hostname);
  return {
    specification,
    operation,
    basePath: provider.pathname.replace(/\/+$/, ""),
    targets: targetsOf(options, specification, operation),
    other: {
      ...(otherWorkspace === undefined ? {} : { workspace: otherWorkspace }),
      ...(otherSyncLog === undefined ? {} : { resource: otherSyncLog }),
      ...(otherApiKey === undefined ? {} : { key: otherApiKey }),
    },
    ...(apiKey === undefined || operation.security === undefined ? {} : { key: apiKey }),
    seed,
    mayTouchData: options.mayTouchData ?? isLoopback,
  };
}

/** The resources that exist: one for each value of the parameter that names them. */
function targetsOf(
  options: VerifyOptions,
  specification: Specification,
  operation: Operation,
): readonly ParameterValues[] {
  const given = givenValues(options, operation);
  const lists: [string, readonly string[]][] = [];
  for (const { name, isRequired, examples } of operation.parameters) {
    const values = given[name] ?? (isRequired ? examples.slice(0, 1) : []);
    if (values.length > 0) lists.push([name, values]);
    if (values.length > 0 || !isRequired) continue;
    const hint = name === "workspaceId" ? " or --workspace" : name === "id" ? " or --sync-log" : "";
    const elsewhere =
      specification.operations.length > 1 ? ", or judge other operations with --operation" : "";
    const message = `${operation.id} needs a value for its parameter ${name}: give --param ${name}=…${hint}${elsewhere}.`;
    throw new CouldNotJudgeError("bad_options", message);
  }
  const varying = resourceParameter({ operation });
  const first = Object.fromEntries(lists.map(([name, values]) => [name, values[0] ?? ""]));
  const resources = lists.find(([name]) => name === varying)?.[1] ?? [];
  if (varying === undefined || resources.length === 0) return [first];
  return resources.map((value) => ({ ...first, [varying]: value }));
}

function givenValues(
  { params = {}, workspace, syncLogs }: VerifyOptions,
  operation: Operation,
): Readonly<Record<string, readonly string[]>> {
  const values: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(params))
    values[name] = typeof value === "string" ? [value] : value;
  const [owner, resource] = [ownerParameter({ operation }), resourceParameter({ operation })];
  if (workspace !== undefined && owner !== undefined) values[owner] = [workspace];
  if (syncLogs !== undefined && syncLogs.length > 0 && resource !== undefined)
    values[resource] = syncLogs;
  return values;
}
