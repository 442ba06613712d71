// [data-viewed="2026-11-24"]: adds the time of looking, by the reader's own clock, when that clock agrees on the day.
for (const place of document.querySelectorAll("[data-viewed]")) {
  const now = new Date();
  const vietnam = { timeZone: "Asia/Ho_Chi_Minh" };
  if (now.toLocaleDateString("sv-SE", vietnam) === place.dataset.viewed) {
    const time = now.toLocaleTimeString("vi-VN", { ...vietnam, hour: "2-digit", minute: "2-digit" });
    place.textContent = `, ${time}`;
  }
}
