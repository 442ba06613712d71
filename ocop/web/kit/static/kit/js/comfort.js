// Small comforts on every page: the theme switch, questions before what cannot be undone, selects that submit, menus that close.

const root = document.documentElement;

function chosenTheme() {
  return root.classList.contains("theme-dark") ? "dark" : root.classList.contains("theme-light") ? "light" : "auto";
}

function showTheme(box) {
  for (const button of box.querySelectorAll("[data-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.theme === chosenTheme()));
  }
}

function chooseTheme(theme) {
  root.classList.remove("theme-light", "theme-dark");
  if (theme !== "auto") root.classList.add(`theme-${theme}`);
  try {
    if (theme === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    /* not kept, still shown */
  }
}

for (const box of document.querySelectorAll("[data-theme-switch]")) {
  box.hidden = false;
  showTheme(box);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme]");
    if (!button) return;
    chooseTheme(button.dataset.theme);
    showTheme(box);
  });
}

// <form data-confirm="…"> or <button data-confirm="…">; asked before any other script takes the form for sent
document.addEventListener(
  "submit",
  (event) => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  },
  true,
);

// <select data-submit>: choosing is sending; the button beside it is for browsers without script
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
for (const button of document.querySelectorAll("[data-submit-button]")) button.hidden = true;

// <button data-print>, and an open menu closes on Escape or a click elsewhere
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details.who-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.who-menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// After a refused form the reader starts at the summary.
document.querySelector("[data-error-summary]")?.focus();
