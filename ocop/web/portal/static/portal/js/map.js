// Turns the drawn map into one that zooms. Without this script, or without its data, the drawing stays.

const SHADES = [6, 4, 2, 1]; // as places.rules.shade: least number of products for u4, u3, u2, u1

function shade(count) {
  const place = SHADES.findIndex((least) => count >= least);
  return place < 0 ? "" : ` u${SHADES.length - place}`;
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// A popup is built of nodes, never of markup: names come from the register.
function popup({ items, note }) {
  const box = element("div");
  const list = box.appendChild(element("ul"));
  for (const item of items) {
    list.appendChild(element("li")).appendChild(element("a", item.name, { href: item.url, lang: "vi" }));
  }
  if (note) box.appendChild(element("p", note));
  return box;
}

function outlines(L, features) {
  return L.geoJSON(features, {
    style: ({ properties }) => ({ className: `u${shade(properties.count)}`, weight: 1.4 }),
    onEachFeature: ({ properties }, layer) => {
      layer.bindTooltip(element("span", `${properties.name}: ${properties.words}`), { sticky: true });
      layer.on("click", () => location.assign(properties.url));
    },
  });
}

function points(L, features, kind, radius) {
  return L.geoJSON(features, {
    pointToLayer: ({ properties }, place) => {
      const title = properties.items.map((item) => item.name).join(", ");
      const size = radius + Math.min(4, properties.items.length - 1);
      return L.circleMarker(place, { className: kind, radius: size, weight: 2 }).bindTooltip(element("span", title)).bindPopup(() => popup(properties));
    },
  });
}

function reachable(layer) {
  // Points take part in the order of the keyboard; outlines do not: the list beside the map has them all.
  layer.eachLayer((marker) => {
    const node = marker.getElement?.();
    if (!node) return;
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", marker.getTooltip().getContent().textContent);
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        marker.openPopup();
      }
    });
  });
}

function draw(L, host, data) {
  const words = host.dataset;
  const of = (kind) => data.features.filter((feature) => feature.properties.layer === kind);
  const box = element("div", "", { role: "region", "aria-label": words.label });
  host.prepend(box);
  const map = L.map(box, { zoomControl: false, zoomSnap: 0.25, minZoom: 8, maxZoom: words.tiles ? 17 : 13 });
  map.attributionControl.setPrefix(false).addAttribution(words.credit);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (words.tiles) L.tileLayer(words.tiles).addTo(map);
  const shapes = outlines(L, of("outline")).addTo(map);
  const goods = points(L, of("goods"), "goods", 5);
  const sites = points(L, of("site"), "site", 7).addTo(map);
  const names = [[shapes, words.outlines], [goods, words.goods], [sites, words.sites]];
  L.control.layers(null, Object.fromEntries(names.map(([layer, name]) => [name, layer])), { collapsed: matchMedia("(max-width: 40rem)").matches }).addTo(map);
  map.fitBounds(shapes.getBounds(), { padding: [8, 8] });
  map.on("layeradd", ({ layer }) => layer === goods && reachable(goods));
  reachable(sites);
  host.classList.add("is-live");
}

async function start(host) {
  const answer = await fetch(host.dataset.map);
  if (answer.ok && window.L) draw(window.L, host, await answer.json());
}

for (const host of document.querySelectorAll("[data-map]")) start(host).catch(() => {});
