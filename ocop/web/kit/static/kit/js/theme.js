// The ground somebody chose, set before the first paint; so this file is small and not a module.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    /* storage is closed to us: the page follows the system */
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.classList.add(`theme-${chosen}`);
})();
