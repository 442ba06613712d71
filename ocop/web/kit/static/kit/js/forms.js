// Forms marked data-unsaved: leaving with typed text asks first, and one press of the button sends once.

const dirty = new Set();

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  form.addEventListener("input", () => dirty.add(form));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    dirty.delete(form);
  });
}

// Back from the next page (also out of the browser's own store): the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

window.addEventListener("beforeunload", (event) => {
  if (dirty.size) event.preventDefault();
});
