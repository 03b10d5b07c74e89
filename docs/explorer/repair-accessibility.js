// What Scalar leaves out for screen readers and the keyboard, put there as its parts appear.
function repairAccessibility() {
  for (const button of document.querySelectorAll('button[class*="copy-button"]')) {
    if (!button.hasAttribute("aria-label")) button.setAttribute("aria-label", "Copy");
    const controlled = button.getAttribute("aria-controls");
    if (controlled && !document.getElementById(controlled)) button.removeAttribute("aria-controls");
  }
  for (const field of document.querySelectorAll(".code-input-lite__editor:not([aria-expanded])")) {
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-label", field.dataset.placeholder || "Value");
  }
  for (const text of document.querySelectorAll(".cm-content:not([aria-label])")) {
    text.setAttribute("aria-label", "Text");
  }
  for (const button of document.querySelectorAll('button[role="none"]')) {
    button.removeAttribute("role");
  }
  for (const list of document.querySelectorAll("ul.endpoints:not([tabindex])")) {
    list.tabIndex = 0;
  }
}

new MutationObserver(repairAccessibility).observe(document.body, {
  childList: true,
  subtree: true,
});
