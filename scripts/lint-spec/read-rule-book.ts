import type { RuleBook } from "@qontext/sync-log-rules";
import { collectRules } from "@qontext/sync-log-rules";
import type { SpecModel } from "./spec-model.ts";
import { oncePerModel } from "./spec-model.ts";

/** The rules of the document; if they cannot be read, why, as a sentence without a period. */
export const readRuleBook: (model: SpecModel) => RuleBook | string = oncePerModel(
  ({ document }) => {
    try {
      return collectRules(document);
    } catch (error) {
      return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    }
  },
);
