import DefaultTheme from "vitepress/theme";
import type { Theme } from "vitepress";
import { ApiExplorer } from "./api-explorer.ts";
// oxlint-disable-next-line import/no-unassigned-import -- a style sheet has nothing to assign
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("ApiExplorer", ApiExplorer);
  },
} satisfies Theme;
