/* Filters answer at once. Without this script the button "Lọc sản phẩm" does the same. */
const form = document.querySelector("[data-filters]");
const place = "catalogue-place";

/* The page is loaded anew: come back to where the reader was, and to the box that was ticked. */
function remember(control) {
  sessionStorage.setItem(place, JSON.stringify({ y: scrollY, name: control.name, value: control.value, path: location.pathname }));
}

function comeBack() {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  sessionStorage.removeItem(place);
  if (kept?.path !== location.pathname) return;
  scrollTo({ top: kept.y, behavior: "instant" });
  [...form.elements].find((control) => control.name === kept.name && (control.type !== "checkbox" || control.value === kept.value))?.focus({ preventScroll: true });
}

if (form) {
  for (const button of document.querySelectorAll("[data-submit-button]")) button.hidden = true;
  const isWide = matchMedia("(min-width: 60rem)");
  // The sort stands outside the form and only names it, so its changes are heard at the document.
  document.addEventListener("change", ({ target }) => {
    if (target.form !== form || target.type === "search" || (target.type === "checkbox" && !isWide.matches)) return;
    remember(target);
    form.requestSubmit();
  });
  comeBack();
}
