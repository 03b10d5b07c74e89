// What Scalar leaves out for screen readers and the keyboard, put there as its parts appear.
function repairAccessibility() {
  for (const button of document.querySelectorAll(".scalar-code-copy:not([aria-label])")) {
    button.setAttribute("aria-label", "Copy");
  }
  for (const field of document.querySelectorAll(".code-input-lite__editor:not([aria-expanded])")) {
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-label", field.dataset.placeholder || "Value");
  }
  for (const list of document.querySelectorAll("ul.endpoints:not([tabindex])")) {
    list.tabIndex = 0;
  }
}

new MutationObserver(repairAccessibility).observe(document.body, {
  childList: true,
  subtree: true,
});
