// A toast goes after six seconds, and waits while it is pointed at or focused. Without script it simply stays.

const SHOWN_FOR = 6000;

function letGo(toast) {
  let timer = 0;
  const start = () => (timer = window.setTimeout(() => toast.remove(), SHOWN_FOR));
  const stop = () => window.clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

for (const toast of document.querySelectorAll("[data-toast]")) letGo(toast);
