import { useData } from "vitepress";
import { defineComponent, h, onBeforeUnmount, onMounted, ref, watch } from "vue";
import scalarUrl from "scalar-standalone?url";
import { data } from "./explorer.data.ts";

/** What Scalar's script puts on the page. */
interface Scalar {
  createApiReference(element: HTMLElement, options: object): { destroy(): void };
}

declare global {
  interface Window {
    Scalar?: Scalar;
  }
}

let loading: Promise<Scalar> | undefined;

function loadScalar(): Promise<Scalar> {
  return (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = scalarUrl;
    script.addEventListener("load", () => {
      if (window.Scalar === undefined) reject(new Error("Scalar did not start."));
      else resolve(window.Scalar);
    });
    script.addEventListener("error", () => reject(new Error("Scalar could not be loaded.")));
    document.head.append(script);
  }));
}

/** Scalar's reference inside a page of the site: no navigation of its own, and the scheme of the site. */
export const ApiExplorer = defineComponent({
  name: "ApiExplorer",
  setup() {
    const { isDark } = useData();
    const container = ref<HTMLElement>();
    let explorer: ReturnType<Scalar["createApiReference"]> | undefined;
    let isGone = false;
    onMounted(async () => {
      const [scalar] = await Promise.all([
        loadScalar(),
        import("../../explorer/explorer.css"),
        import("../../explorer/repair-accessibility.js"),
      ]);
      if (isGone || container.value === undefined) return;
      explorer = scalar.createApiReference(container.value, {
        ...data,
        showSidebar: false,
        hideSearch: true,
        hideDarkModeToggle: true,
        forceDarkModeState: isDark.value ? "dark" : "light",
      });
    });
    // Scalar reads the forced scheme once, and puts its classes back when the system's scheme changes.
    const applyScheme = (): void => {
      const { classList } = document.body;
      const [own, other] = isDark.value
        ? (["dark-mode", "light-mode"] as const)
        : (["light-mode", "dark-mode"] as const);
      if (!classList.contains(own)) classList.add(own);
      if (classList.contains(other)) classList.remove(other);
    };
    let observer: MutationObserver | undefined;
    onMounted(() => {
      observer = new MutationObserver(applyScheme);
      observer.observe(document.body, { attributeFilter: ["class"] });
    });
    watch(isDark, applyScheme);
    onBeforeUnmount(() => {
      isGone = true;
      observer?.disconnect();
      explorer?.destroy();
    });
    return () => h("div", { class: "explorer vp-raw" }, [h("div", { ref: container })]);
  },
});
