// Public pages are the same for everybody. Only a browser in which somebody signed in asks who it is, at an address nobody keeps.

const link = document.querySelector("[data-signed-in]");

async function greet() {
  const answer = await fetch(link.dataset.signedIn, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const person = await answer.json();
  if (!person.signed_in) return;
  link.href = link.dataset.desk;
  link.textContent = link.dataset.word;
  link.title = person.name;
  if (person.notices) {
    const count = document.createElement("span");
    count.className = "count";
    count.textContent = person.notices;
    link.append(" ", count);
  }
}

if (link && /(?:^|; )co-mat=/.test(document.cookie)) greet().catch(() => {});
