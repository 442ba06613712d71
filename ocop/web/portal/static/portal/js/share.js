// [data-share="address"]: the phone's own share sheet, or the address on the clipboard where there is none.
for (const button of document.querySelectorAll("[data-share]")) {
  const canShare = Boolean(navigator.share);
  if (!canShare && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { share: url, title, done } = button.dataset;
    try {
      if (canShare) await navigator.share({ title, url });
      else {
        await navigator.clipboard.writeText(url);
        button.querySelector("span").textContent = done;
      }
    } catch {
      // the reader closed the sheet: nothing to say
    }
  });
}
