import DefaultTheme from "vitepress/theme";
import type { Theme } from "vitepress";
import { ApiExplorer } from "./api-explorer.ts";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("ApiExplorer", ApiExplorer);
  },
} satisfies Theme;
