import type { ListSyncLogsParams } from "@qontext/sync-log-client";
import type { Redactor } from "@qontext/sync-log-redact";
import { syncLogLifecycle, syncLogStatusValues, syncLogTypeValues } from "@qontext/sync-log-schema";
import type { SyncLog } from "@qontext/sync-log-schema";
import type { JsonSchema, OperationTool } from "@qontext/sync-log-schema/tools";
import { statusGroups } from "../input/parse-options.ts";
import { otherItems, syncLogsIn } from "../input/read-sync-log-list.ts";
import { checkFilter, inOrder, matches } from "../input/select-sync-logs.ts";
import { boundValue, lengthOf } from "./bound-value.ts";
import type { Tool, ToolFunction } from "./tool.ts";

interface ListInput extends ListSyncLogsParams {
  readonly status?: readonly string[];
  readonly type?: readonly string[];
  readonly limit?: number;
}

const defaultLimit = 20;
/** Beside which a result still says what it leaves out. */
const maxItemsLength = 36_000;
/** Of a log that is longer, its texts lose their ends. */
const maxItemLength = maxItemsLength / 4;

/** Whether a tool answers with a list of sync logs. */
export function listsSyncLogs({ outputSchema }: OperationTool): boolean {
  const items = outputSchema?.properties?.["items"] ?? {};
  return JSON.stringify(items).includes(`{"$ref":"#/$defs/${syncLogLifecycle.schema}"}`);
}

function someOf(what: string, values: readonly string[]): JsonSchema {
  return {
    type: "array",
    items: { type: "string", examples: values },
    description: `Only logs with one of these ${what}: ${values.join(", ")}. Any if empty.`,
  };
}

/** The tool of an operation that lists, with parameters that keep its result short, and with what it leaves out. */
export function listTool(list: OperationTool): Tool {
  const { inputSchema, outputSchema } = list;
  return {
    ...list,
    description: `${list.description} Those that run come first, then the newest, ${defaultLimit} of them unless a limit is given.`,
    inputSchema: {
      ...inputSchema,
      properties: {
        ...inputSchema.properties,
        status: someOf("statuses", [...syncLogStatusValues, ...statusGroups]),
        type: someOf("types", syncLogTypeValues),
        limit: {
          type: "integer",
          minimum: 1,
          default: defaultLimit,
          description: "How many logs to return at most; fewer where they are long.",
        },
      },
    },
    outputSchema: {
      type: "object",
      ...outputSchema,
      properties: {
        ...outputSchema?.properties,
        total: { description: "How many logs there are, with these statuses and types." },
        more: { description: "How many of them are left out of the items." },
        next: { description: "How to see what is left out; absent when nothing is." },
      },
    },
  };
}

/** As many as fit, each shortened where it takes more than its share. */
function fitting(logs: readonly SyncLog[]): readonly unknown[] {
  let room = maxItemsLength;
  const items = logs.map((log) => boundValue(log, maxItemLength));
  const end = items.findIndex((item) => (room -= lengthOf(item)) < 0);
  return end === -1 ? items : items.slice(0, end);
}

/** Lists, and returns what the output schema of {@link listTool} says; what is no list is returned as it is. */
export function listFunction(
  read: ToolFunction<ListSyncLogsParams>,
  redactor: Redactor,
): ToolFunction<ListInput> {
  return async ({ status, type, limit = defaultLimit, ...params }, context) => {
    // Before texts are cut, in the midst of what is a key.
    const answer = redactor.value(await read(params, context));
    if (!Array.isArray(answer)) return answer;
    // An agent that wants no filter may send an empty one.
    const filter = {
      ...(status && status.length > 0 && { status }),
      ...(type && type.length > 0 && { type }),
    };
    const all = syncLogsIn(answer);
    checkFilter(all, filter);
    const logs = inOrder(all.filter((log) => matches(log, filter)));
    const items = fitting(logs.slice(0, limit));
    const more = logs.length - items.length;
    const next = [
      more > 0
        ? `There are ${more} more: ask for some by status or type, for a higher limit, or for one by its id.`
        : "",
      items.some((item, index) => item !== logs[index])
        ? "Long texts end early: a log that is read by its id has more of them."
        : "",
      otherItems(answer) ?? "",
    ].filter((text) => text !== "");
    return {
      items,
      total: logs.length,
      more,
      ...(next.length > 0 ? { next: next.join(" ") } : {}),
    };
  };
}
